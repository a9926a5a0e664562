/** Puts the keeping of work together: saves when the page goes away, and asks only when something would be lost. */
import { hasUnkeptStudy, hasWork } from '../../state/work';
import type { MaskflowStore } from '../../state/store';
import type { InputFile } from '../inputFile';
import type { FootageOpener } from '../openFootage';
import type { Services } from '../services';
import { AppUpdates } from './appUpdates';
import { Projects } from './projects';
import type { ProjectsApp } from './projectsApp';
import { isProjectFile, ProjectUseCases } from './projectUseCases';

export type StartedProjects = {
  readonly useCases: ProjectsApp;
  /** Opens footage, a `.maskflow` file, or the footage that a project waits for. */
  readonly openFiles: (files: readonly InputFile[]) => Promise<void>;
  /** Whether these files mean a project, and cannot mean anything else. */
  readonly isMeant: (files: readonly InputFile[]) => boolean;
  /** Brings back what was open last, or the sample. */
  readonly start: () => Promise<void>;
  /** Reloads into the newer version that waits. */
  readonly applyUpdate: () => Promise<void>;
};

export function startProjects(
  store: MaskflowStore,
  services: Services,
  opener: FootageOpener,
): StartedProjects {
  const projects = new Projects(store, services, opener);
  const useCases = new ProjectUseCases(store, services.storage, { projects, opener });
  const { autosave } = projects;
  const updates = new AppUpdates(store, autosave);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') {
      void autosave.flush();
    }
  });
  addEventListener('pagehide', () => void autosave.flush());
  addEventListener('beforeunload', (event) => {
    if (autosave.isUnsaved && hasWork(store.getState())) {
      void autosave.flush();
      event.preventDefault();
    }
    if (hasUnkeptStudy(store.getState())) {
      event.preventDefault();
    }
  });
  return {
    useCases,
    start: async () => {
      // The development server serves no service worker.
      if (import.meta.env.PROD) {
        updates.start(new URL('sw.js', document.baseURI).href);
      }
      await projects.start();
    },
    applyUpdate: () => updates.apply(),
    isMeant: (files) => isProjectFile(files) || projects.isWaitingForFootage,
    openFiles: async (files) => {
      const [first] = files;
      if (first && isProjectFile(files)) {
        await useCases.openFile(first.file);
      } else if (projects.isWaitingForFootage) {
        await projects.giveFootage(files);
      } else {
        await opener.open(files);
      }
    },
  };
}
