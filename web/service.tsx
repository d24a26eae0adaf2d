import './lib/without-eval.ts';
import { render } from 'preact';
import { restoreTheme } from './lib/theme.ts';
import { App } from './service/app.tsx';

restoreTheme();
const root = document.getElementById('page');
if (root) render(<App />, root);
