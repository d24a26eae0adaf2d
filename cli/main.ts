#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Compiling is half the time of a short command. Kept beside the packages, since the system's folder for temporary
// files is everybody's; where nothing can be written there, Node goes without.
enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'verisim'));
await import('./program.ts');
