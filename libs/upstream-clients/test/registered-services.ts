export { other, thing } from './world.ts';
