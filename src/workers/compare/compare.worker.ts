/** Entry of the compare worker: dispatches the calls of compareProtocol. */
import { expose } from 'comlink';
import { scoreFrame } from '../../core/compare/comparisonFrames';
import { installErrorEnvelope } from '../rpc/errorEnvelope';
import type { CompareService } from './compareProtocol';

const service: CompareService = {
  score: async (frames) => frames.map(scoreFrame),
};

installErrorEnvelope();
expose(service);
