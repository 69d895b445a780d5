export { aptGet, ensureCommand, onPath } from './ensure-command.ts';
export { fetchByMaven, javaCommand, NotInstalled, requireJava } from './java.ts';
export { buildPage } from './build-page.ts';
export { cacheFolder } from './cache-folder.ts';
export { Chance } from './test-data/chance.ts';
export { selfSignedCertificate, type TestCertificate } from './servers/certificate.ts';
export { connectionsOpenedBy } from './servers/connections-opened-by.ts';
export { freePort, freePorts } from './servers/free-ports.ts';
export { isTaken } from './servers/is-taken.ts';
export { endWithRunner } from './servers/end-with-runner.ts';
export { spawnCommand, spawnNode } from './servers/spawn-tethered.ts';
export { startRedis, type TestRedis } from './servers/redis.ts';
export { mergePatchVectors } from './test-data/merge-patch-vectors.ts';
export { clientTypes } from './openapi/openapi-client-types.ts';
export { breakingChanges } from './openapi/openapi-compatibility.ts';
export { answerCheck, type AnswerCheck, type RecordedAnswer } from './openapi/check-answer.ts';
export { recordAnswers, type AnswerRecorder } from './openapi/record-answers.ts';
export { lintOpenApi } from './openapi/openapi-lint.ts';
export { openApiErrors } from './openapi/openapi-validity.ts';
export {
  spanTree,
  startOtlpCollector,
  type CollectedSpan,
  type OtlpCollector,
} from './servers/otlp-collector.ts';
export { succeeds, until } from './until.ts';
export { startTransmitter, type Transmitter } from './servers/transmitter.ts';
