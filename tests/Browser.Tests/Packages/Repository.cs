using System.Reflection;

namespace Conclude.Browser.Tests.Packages;

/// <summary>The folder that all of this lies in.</summary>
internal static class Repository
{
    private static readonly string Root = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(static a => a.Key == "Repository").Value!;

    public static string At(string path) => Path.Combine(Root, path);
}
