using System.Reflection;

namespace Conclude.Testing;

/// <summary>The files of deploy/.</summary>
internal static class Deploy
{
    public static string File(string name) =>
        Path.Combine(typeof(Deploy).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(static a => a.Key == "DeployFolder").Value!, name);
}
