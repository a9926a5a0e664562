/** The models worker on a disk that gives way to other messages between its pieces. */
import './installSlowDisk';
import '../models.worker';
