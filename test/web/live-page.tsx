import { render } from 'preact';
import type { RunEvent } from '../../core/event.ts';
import { LiveView } from '../../web/components/live-view.tsx';

declare global {
  interface Window {
    /** Data URLs by digest. */
    pictures: Record<string, string>;
    /** What a server's stream would bring, and its breaking off. */
    send: (event: RunEvent) => void;
    fail: (message: string) => void;
  }
}

/** The live view alone on a page, for live.test.ts. */
const stream = new ReadableStream<RunEvent>({
  start(controller) {
    window.send = (event) => controller.enqueue(event);
    window.fail = (message) => controller.error(new Error(message));
  },
});

render(<LiveView events={stream} pictureUrl={(digest) => window.pictures[digest]} />, document.body);
