export { adoptGenerator, type AdoptOptions } from './adopt.ts';
export { bffGenerator, type BffOptions } from './bff.ts';
export { deriveGenerator } from './derive.ts';
export { removeBffGenerator } from './remove-bff.ts';
export { renderGenerator } from './render.ts';
export { screenGenerator, type ScreenOptions } from './screen.ts';
export { serviceGenerator, type ServiceOptions } from './service.ts';
export { upgradeGenerator, type UpgradeOptions } from './upgrade.ts';
export { writeGenerator, type WriteOptions } from './write.ts';
