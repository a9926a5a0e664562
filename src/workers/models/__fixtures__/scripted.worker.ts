/** The models worker, with a scripted server. */
import './installScriptedServer';
import '../models.worker';
