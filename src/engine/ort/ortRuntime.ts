/** The part of ONNX Runtime that the engine uses; any build that has it can be handed in (web, node). */
import type {
  Env,
  InferenceSession,
  InferenceSessionFactory,
  Tensor,
  TensorConstructor,
} from 'onnxruntime-common';

export type OrtSession = InferenceSession;
export type OrtTensor = Tensor;
export type OrtSessionOptions = InferenceSession.SessionOptions;

export type OrtRuntime = {
  readonly InferenceSession: InferenceSessionFactory;
  readonly Tensor: TensorConstructor;
  readonly env: Env;
  /** How sessions run on the processor in this build; by WASM when left out. */
  readonly cpuOptions?: Pick<OrtSessionOptions, 'executionProviders' | 'intraOpNumThreads'>;
};
