namespace Conclude.Bench.Runner;

/// <summary>Where things are. Everything the bench writes is under <c>artifacts/bench</c>, so all stores share one disk.</summary>
internal static class Folders
{
    public static string Root { get; } = FindRoot();

    /// <summary>What a run leaves: the table, the picture, the samples.</summary>
    public static string Results => Directory.CreateDirectory(Path.Combine(Root, "artifacts", "bench")).FullName;

    /// <summary>Stores and logs of the run that is under way; emptied at its start.</summary>
    public static string Work => Path.Combine(Results, "work");

    public static string LoadScript => Path.Combine(Root, "bench", "load.lua");

    public static string Program(string project) =>
        Path.Combine(Root, "bench", project, "bin", "Release", "net10.0", $"Conclude.Bench.{project}.dll");

    public static string Product => Path.Combine(Root, "src", "Silo", "bin", "Release", "net10.0", "Conclude.Silo.dll");

    /// <summary>The product as a silo of a cluster: <c>-p:Engine=Orleans</c>.</summary>
    public static string Silo => Path.Combine(Root, "src", "Silo", "bin", "orleans", "Release", "net10.0", "Conclude.Silo.dll");

    public static void EmptyWork()
    {
        if (Directory.Exists(Work))
        {
            Directory.Delete(Work, recursive: true);
        }

        Directory.CreateDirectory(Work);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Conclude.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The bench runs inside the repository.");
        }

        return folder.FullName;
    }
}
