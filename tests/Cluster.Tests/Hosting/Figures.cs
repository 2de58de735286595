using System.Reflection;

namespace Conclude.Cluster.Tests.Hosting;

/// <summary>What was measured, one line a test, for people: <c>artifacts/cluster</c>.</summary>
internal static class Figures
{
    private static readonly Lock Gate = new();

    public static void Add(string line)
    {
        var folder = typeof(Figures).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(static a => a.Key == "Figures").Value!;
        lock (Gate)
        {
            Directory.CreateDirectory(folder);
            File.AppendAllText(Path.Combine(folder, "figures.txt"), line + Environment.NewLine);
        }

        TestContext.Current.TestOutputHelper!.WriteLine(line);
    }
}
