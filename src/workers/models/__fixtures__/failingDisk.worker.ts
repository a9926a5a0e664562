/** The models worker, with a scripted server, on a disk that fails to give a file once. */
import './installScriptedServer';
import './installFailingDisk';
import '../models.worker';
