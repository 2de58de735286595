using Conclude.Testing;
using Microsoft.Playwright;

namespace Conclude.Browser.Tests.Widget;

/// <summary>The prompt in a page.</summary>
internal static class PagePrompt
{
    /// <summary>Asked from outside: a policy of the page may forbid what waits inside it.</summary>
    public static Task IsLoaded(this IPage page) => Patiently.Until(() => page.EvaluateAsync<bool>("() => !!window.Conclude?.on"), static () => "The script does not run.");

    public static Task Fire(this IPage page, string name) => page.EvaluateAsync("name => { Conclude.event(name); }", name);

    public static ILocator Prompt(this IPage page) => page.MainFrame.Prompt();

    public static ILocator Prompt(this IFrame frame) => frame.Locator("conclude-prompt");

    /// <summary>Comes back when whatever the page has sent to our host before has arrived there.</summary>
    public static Task IsThrough(this IPage page, Gate gate) =>
        page.EvaluateAsync("url => fetch(url, { mode: 'no-cors', cache: 'no-store' }).then(() => undefined)", gate.Address + "/health/live");

    /// <summary>From now on the page's clock moves only when it is told to, however long all else takes.</summary>
    public static async Task StopClock(this IPage page)
    {
        // It can be stopped in its future only.
        var now = await page.EvaluateAsync<double>("() => Date.now()");
        await page.Clock.PauseAtAsync(DateTimeOffset.FromUnixTimeMilliseconds((long)now).AddSeconds(30).UtcDateTime);
    }

    /// <summary>Lets the page's clock run, a step at a time, until something holds: within a minute of its time, and the patience of ours for what is on its way then.</summary>
    public static async Task RunUntil(this IPage page, Func<Task<bool>> holds, string what, int step = 1000)
    {
        for (var time = 0; time < 60_000; time += step)
        {
            if (await holds())
            {
                return;
            }

            await page.Clock.RunForAsync(step);
            await Task.Delay(20);
        }

        await Patiently.Until(holds, () => "Not within a minute: " + what);
    }

    public static ILocator Face(this ILocator prompt, string reaction) => prompt.Locator($"[data-reaction={reaction}]");

    public static ILocator Act(this ILocator prompt, string action) => prompt.Locator($"[data-action={action}]");

    public static ILocator Box(this ILocator prompt) => prompt.Locator("textarea[name=comment]");

    /// <summary>From now on a question stays, however long a test looks at it: it would go after 20 s without attention, which it counts by ticks.</summary>
    public static Task KeepsQuestion(this IPage page) => page.EvaluateAsync("() => { window.setInterval = () => 0; }");

    /// <summary>From now on the thanks stay, however long a test looks at them: timers of one to five seconds never fire.</summary>
    public static Task KeepsThanks(this IPage page) => page.EvaluateAsync("""
        () => { const real = setTimeout; window.setTimeout = (what, wait, ...more) => wait >= 1000 && wait <= 5000 ? 0 : real(what, wait, ...more); }
        """);

    /// <summary>Whatever this browser keeps of us and of the page.</summary>
    public static Task<string> Stored(this IPage page) =>
        page.EvaluateAsync<string>("async () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, await indexedDB.databases(), await caches.keys()])");

    /// <summary>
    /// Of every control of the prompt, once all motion is over: is all of it within the window, and is it what a tap on its middle would hit?
    /// </summary>
    /// <returns>What is wrong, in words.</returns>
    public static Task<string[]> OutOfReach(this IPage page) => page.EvaluateAsync<string[]>("""
        async () => {
          const root = document.querySelector('conclude-prompt').shadowRoot;
          await Promise.allSettled(root.getAnimations().map(animation => animation.finished));
          return [...root.querySelectorAll('button, textarea')].flatMap(control => {
            const { left, top, right, bottom, width, height } = control.getBoundingClientRect();
            const name = control.dataset.reaction ?? control.dataset.action ?? control.name;
            const hit = root.elementFromPoint((left + right) / 2, (top + bottom) / 2);
            return [
              left < 0 || top < 0 || right > innerWidth || bottom > innerHeight ? `${name} is outside: ${left},${top} - ${right},${bottom} of ${innerWidth},${innerHeight}` : '',
              width < 24 || height < 24 ? `${name} is small: ${width}x${height}` : '',
              hit && control.contains(hit) ? '' : `${name} is covered by ${document.elementFromPoint((left + right) / 2, (top + bottom) / 2)?.outerHTML.slice(0, 80)}`,
            ].filter(Boolean);
          });
        }
        """);
}
