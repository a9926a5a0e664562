/** What has to be answered before a project can be shown: it is open elsewhere, or its footage is not here. */
import { Dialog } from '@base-ui/react/dialog';
import { bytesText } from '../../core/base/numberText';
import type { ProjectQuestion } from '../../state/slices/projectState';
import { chooseFiles } from '../dialogs/chooseFiles';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { filled, projectText } from '../text/projectText';

export function ProjectQuestionDialog() {
  const app = useApp();
  const question = useMaskflow((state) => state.projectQuestion);
  const isAsking = useMaskflow((state) => state.confirmation !== null || state.opening !== null);
  return (
    <Dialog.Root
      open={question !== null && !isAsking}
      onOpenChange={(open) => !open && app.projects.dismissQuestion()}
      // Files can be dropped on the window while it is open.
      modal="trap-focus"
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="sheet-backdrop" />
        <Dialog.Popup className="confirm">
          {question?.kind === 'openElsewhere' ? <OpenElsewhere question={question} /> : null}
          {question?.kind === 'needsFootage' ? <NeedsFootage question={question} /> : null}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function OpenElsewhere({ question }: { question: ProjectQuestion & { kind: 'openElsewhere' } }) {
  const app = useApp();
  const setProjectData = useMaskflow((state) => state.setProjectData);
  const { id, name } = question;
  function manage(): void {
    app.projects.dismissQuestion();
    setProjectData({ isProjectListOpen: true });
  }
  return (
    <>
      <Dialog.Title className="confirm-title">{filled(projectText.elsewhereTitle, { name })}</Dialog.Title>
      <Dialog.Description className="confirm-text">{projectText.elsewhere}</Dialog.Description>
      <div className="confirm-actions">
        <Button onClick={() => void app.projects.startAfresh()}>{projectText.openSample}</Button>
        <Button onClick={manage}>{projectText.manage}</Button>
        <Button onClick={() => void app.projects.open(id)}>{projectText.tryAgain}</Button>
        <Button look="primary" onClick={() => void app.projects.openCopy(id)}>
          {projectText.openCopy}
        </Button>
      </div>
    </>
  );
}

function NeedsFootage({ question }: { question: ProjectQuestion & { kind: 'needsFootage' } }) {
  const app = useApp();
  const { name, footage, problem, canReopen } = question;
  const values = {
    name,
    footage: footage.name,
    size: bytesText(footage.sizeBytes),
    count: footage.fileCount,
  };
  const isOneFile = footage.fileCount === 1;
  const askedFor = isOneFile ? projectText.needsFootage : projectText.needsImages;
  return (
    <>
      <Dialog.Title className="confirm-title">{filled(projectText.needsFootageTitle, values)}</Dialog.Title>
      <Dialog.Description className="confirm-text">
        {problem ? <strong>{problem} </strong> : null}
        {filled(canReopen ? projectText.mayRead : askedFor, values)}
      </Dialog.Description>
      <div className="confirm-actions">
        <Button onClick={() => app.projects.dismissQuestion()}>{projectText.notNow}</Button>
        {isOneFile ? null : <Button onClick={() => chooseFiles(app, 'folder')}>Choose folder…</Button>}
        <Button
          look={canReopen ? 'plain' : 'primary'}
          onClick={() => chooseFiles(app, isOneFile ? 'video' : 'images')}
        >
          {isOneFile ? 'Choose file…' : 'Choose images…'}
        </Button>
        {canReopen ? (
          <Button look="primary" onClick={() => void app.projects.reopenFootage()}>
            {filled(projectText.allowAndOpen, values)}
          </Button>
        ) : null}
      </div>
    </>
  );
}
