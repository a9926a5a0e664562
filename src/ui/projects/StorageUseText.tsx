/** How much room the kept work takes, how much is left, and how safe it is. */
import type { StorageUse } from '../../app/projects/projectsApp';
import { bytesText } from '../../core/base/numberText';
import { projectText } from '../text/projectText';

export function StorageUseText({ use }: { use: StorageUse | null }) {
  return (
    <div className="storage-use">
      {use ? (
        <p>
          <strong>{bytesText(use.usedBytes)}</strong> used by Maskflow, its model included;{' '}
          {bytesText(use.leftBytes)} left.{' '}
          {use.isPersistent ? projectText.persistent : projectText.notPersistent}
        </p>
      ) : null}
      <p className="muted">{projectText.listNote}</p>
    </div>
  );
}
