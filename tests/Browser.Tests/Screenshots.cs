using System.Reflection;
using Microsoft.Playwright;

namespace Conclude.Browser.Tests;

/// <summary>Pictures to be looked at, in an ignored folder.</summary>
internal static class Screenshots
{
    private static readonly string Folder = typeof(Screenshots).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(static a => a.Key == "Screenshots").Value!;

    public static Task Take(this IPage page, string name) =>
        page.ScreenshotAsync(new() { Path = Path.Combine(Folder, name + ".png"), Animations = ScreenshotAnimations.Disabled });
}
