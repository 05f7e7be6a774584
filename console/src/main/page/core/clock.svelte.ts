/** The present time, every second; whoever reads it is drawn again. */
export const clock = $state({ now: Date.now() });

setInterval(() => {
  if (!document.hidden) {
    clock.now = Date.now();
  }
}, 1_000);
