export {
  developmentSecret,
  startDemoService,
  type DemoService,
  type DemoServiceOptions,
} from './demo-service.ts';
export { startDemoWorld, type DemoWorld } from './demo-world.ts';
export { faultKinds, type Fault, type FaultInput, type FaultKind } from './faults.ts';
export { registeredServices, type ClientName, type RegisteredService } from './registered-services.ts';
