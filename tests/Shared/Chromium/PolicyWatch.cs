using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Conclude.Testing;

/// <summary>What a browser refused because a page's Content Security Policy does not let it in, in frames too.</summary>
internal static class PolicyWatch
{
    private const string Words = "Content Security Policy";

    /// <summary>Call it before the first page is opened.</summary>
    /// <param name="refused">Gets a line for each.</param>
    public static async Task WatchPolicy(this IBrowserContext context, ConcurrentBag<string> refused)
    {
        // The browser's own message for most; the event also for what it keeps to itself.
        context.Console += (_, message) =>
        {
            if (message.Text.Contains(Words, StringComparison.OrdinalIgnoreCase))
            {
                refused.Add($"{message.Page?.Url}: {message.Text}");
            }
        };
        await context.AddInitScriptAsync($"document.addEventListener('securitypolicyviolation', e => console.log('{Words}: ' + e.effectiveDirective + ' refuses ' + e.blockedURI + ' ' + e.sample + ' of ' + e.sourceFile + ':' + e.lineNumber))");
    }
}
