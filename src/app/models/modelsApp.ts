/** What the interface may ask about the models of the shelf. */
import type { ModelId, PromptingModelId } from '../../core/models/shelf';
import type { HydrationRequest } from '../../workers/models/modelsProtocol';

export interface ModelsApp {
  /** Finds out what can be had of each model, once; call when the models page opens. */
  openShelf(): Promise<void>;
  /** Makes the weights of a model out of its official file, then tests it. The state tells how far it is. */
  hydrate(id: ModelId, request: HydrationRequest): Promise<void>;
  cancelHydration(id: ModelId): void;
  /** Asks the host at an address what it says of a model's file. The state tells; nothing is downloaded. */
  askHost(id: ModelId, url: string): Promise<void>;
  /** Forgets what was asked about a model. */
  endEnquiry(id: ModelId): void;
  /** Reads the last file that was refused for a model as that of the model it belongs to, and shows that one. */
  readWhereItBelongs(id: ModelId): Promise<void>;
  /** Finds out whose file this is, shows that model and reads it; tells where it is nobody's. */
  readWhoevers(file: File): Promise<void>;
  /** Deletes what is kept of a broken download. */
  discardDownload(id: ModelId): Promise<void>;
  /** Asks first. Whatever used the model goes on with what comes with the app. */
  remove(id: ModelId): Promise<void>;
  /** Runs a model on a fixed input, to see how long it takes here. */
  test(id: ModelId): Promise<void>;
  /** Ends a test with the picture that it is at. */
  stopTest(id: ModelId): void;
  /** The folder of copies of the official files, as an address; '' for none. Kept between visits. */
  setMirror(address: string): void;
  /** Draws from prompts with this model from now on. */
  choosePrompting(id: PromptingModelId): void;
}
