/** The models worker on a disk that becomes full. */
import './installFullDisk';
import '../models.worker';
