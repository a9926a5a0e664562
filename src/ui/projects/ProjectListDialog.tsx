/** The list of kept projects, and the room they take. */
import { useEffect, useState } from 'react';
import type { ProjectSummary, StorageUse } from '../../app/projects/projectsApp';
import { openPicker } from '../dialogs/filePickers';
import { SheetDialog } from '../dialogs/SheetDialog';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { projectText } from '../text/projectText';
import { ProjectItem } from './ProjectItem';
import { StorageUseText } from './StorageUseText';

type Listed = {
  readonly projects: readonly ProjectSummary[];
  readonly use: StorageUse | null;
  /** How many changes made here it takes in. */
  readonly changes: number;
};

export function ProjectListDialog() {
  const app = useApp();
  const isOpen = useMaskflow((state) => state.isProjectListOpen);
  const setProjectData = useMaskflow((state) => state.setProjectData);
  const hasFootage = useMaskflow((state) => state.footage !== null);
  const [listed, setListed] = useState<Listed | null>(null);
  const setOpen = (isProjectListOpen: boolean): void => setProjectData({ isProjectListOpen });

  /** Goes up when the list has to be read again. */
  const [changes, setChanges] = useState(0);
  const refresh = (): void => setChanges((count) => count + 1);
  useEffect(() => {
    let isStale = false;
    if (isOpen) {
      void Promise.all([app.projects.list(), app.projects.storageUse()]).then(([projects, use]) => {
        if (!isStale) {
          setListed({ projects, use, changes });
        }
      });
    }
    return () => {
      isStale = true;
    };
  }, [app, isOpen, changes]);

  /** The question must not lie under the list. */
  async function remove(id: string): Promise<void> {
    setOpen(false);
    await app.projects.remove(id);
    setOpen(true);
  }

  return (
    <SheetDialog
      look="project-list"
      title={projectText.listTitle}
      isOpen={isOpen}
      onClose={() => setOpen(false)}
    >
      {listed && listed.projects.length > 0 ? (
        <ul
          className="project-items"
          aria-label={projectText.listTitle}
          aria-busy={listed.changes !== changes}
        >
          {listed.projects.map((project) => (
            <ProjectItem
              key={project.id}
              project={project}
              onOpen={() => {
                setOpen(false);
                void app.projects.open(project.id);
              }}
              onRename={(name) => void app.projects.rename(project.id, name).then(refresh)}
              onDuplicate={() => void app.projects.duplicate(project.id).then(refresh)}
              onRemove={() => void remove(project.id)}
            />
          ))}
        </ul>
      ) : (
        <p className="project-empty muted">{listed ? projectText.emptyList : 'Reading…'}</p>
      )}
      <footer className="project-footer">
        <StorageUseText use={listed?.use ?? null} />
        <div className="card-buttons">
          <Button onClick={() => openPicker('project')}>Open project file…</Button>
          <Button
            disabledReason={hasFootage ? null : 'Open footage first.'}
            onClick={() => void app.projects.saveFile(false)}
          >
            {projectText.saveFile}
          </Button>
          <Button
            disabledReason={hasFootage ? null : 'Open footage first.'}
            onClick={() => void app.projects.saveFile(true)}
          >
            {projectText.saveFileWithFootage}
          </Button>
        </div>
      </footer>
    </SheetDialog>
  );
}
