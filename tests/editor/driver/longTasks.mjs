/** What kept a page from answering its user, measured by the page itself. */

/**
 * Begins to watch; `await stop()` gives the lengths of all tasks of over 50 ms since then, in milliseconds. Only the page's own count:
 * a machine that is busy with something else delays frames as well.
 */
export async function watchLongTasks(body) {
  const watch = await body.evaluateHandle(() => {
    const lengths = [];
    const take = (entries) => {
      for (const { name, duration } of entries) if (name === 'self') lengths.push(duration);
    };
    const observer = new PerformanceObserver((list) => take(list.getEntries()));
    observer.observe({ type: 'longtask' });
    return {
      stop: () => {
        take(observer.takeRecords());
        observer.disconnect();
        return lengths;
      },
    };
  });
  return { stop: () => watch.evaluate(({ stop }) => stop()) };
}
