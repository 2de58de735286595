using Microsoft.Playwright;

namespace Conclude.Browser.Tests.Widget;

/// <summary>The prompt in a page.</summary>
internal static class PagePrompt
{
    /// <summary>Asked from outside: a policy of the page may forbid what waits inside it.</summary>
    public static async Task IsLoaded(this IPage page)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await page.EvaluateAsync<bool>("() => !!window.Conclude?.on"))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(5), "The script does not run.");
            await Task.Delay(10);
        }
    }

    public static Task Fire(this IPage page, string name) => page.EvaluateAsync("name => { Conclude.event(name); }", name);

    public static ILocator Prompt(this IPage page) => page.MainFrame.Prompt();

    public static ILocator Prompt(this IFrame frame) => frame.Locator("conclude-prompt");

    /// <summary>Comes back when whatever the page has sent to our host before has arrived there.</summary>
    public static Task IsThrough(this IPage page, Gate gate) =>
        page.EvaluateAsync("url => fetch(url, { mode: 'no-cors', cache: 'no-store' }).then(() => undefined)", gate.Address + "/health/live");

    /// <summary>Lets the page's clock run, a second at a time, until something holds; at most a minute of its time.</summary>
    public static async Task RunUntil(this IPage page, Func<Task<bool>> holds, string what)
    {
        for (var second = 0; !await holds(); second++)
        {
            Assert.True(second < 60, "Not within a minute: " + what);
            await page.Clock.RunForAsync(1000);
            await Task.Delay(20);
        }
    }

    public static ILocator Face(this ILocator prompt, string reaction) => prompt.Locator($"[data-reaction={reaction}]");

    public static ILocator Act(this ILocator prompt, string action) => prompt.Locator($"[data-action={action}]");

    public static ILocator Box(this ILocator prompt) => prompt.Locator("textarea[name=comment]");

    /// <summary>From now on the thanks stay, however long a test looks at them: timers of one to five seconds never fire.</summary>
    public static Task KeepsThanks(this IPage page) => page.EvaluateAsync("""
        () => { const real = setTimeout; window.setTimeout = (what, wait, ...more) => wait >= 1000 && wait <= 5000 ? 0 : real(what, wait, ...more); }
        """);

    /// <summary>Whatever this browser keeps of us and of the page.</summary>
    public static Task<string> Stored(this IPage page) =>
        page.EvaluateAsync<string>("async () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, await indexedDB.databases(), await caches.keys()])");

    /// <summary>
    /// Of every control of the prompt: is all of it within the window, and is it what a tap on its middle would hit?
    /// </summary>
    /// <returns>What is wrong, in words.</returns>
    public static Task<string[]> OutOfReach(this IPage page) => page.EvaluateAsync<string[]>("""
        () => {
          const root = document.querySelector('conclude-prompt').shadowRoot;
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
