using System.Diagnostics;

namespace Conclude.Faults.Tests.Hosting;

/// <summary>A few megabytes of tmpfs that a test can fill to the last byte.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    private string Ballast => System.IO.Path.Combine(Path, "ballast");

    /// <param name="owner">Whose it is to be.</param>
    public static async Task<SmallDisk> Mount(int megabytes, string owner = "root")
    {
        var path = Directory.CreateTempSubdirectory("conclude-disk-").FullName;
        if (await Run("mount", "-t", "tmpfs", "-o", FormattableString.Invariant($"size={megabytes}m"), "tmpfs", path) != 0)
        {
            Directory.Delete(path);
            Assert.Skip("A small disk can be mounted by root only.");
        }

        Assert.Equal(0, await Run("chown", owner, path));
        return new SmallDisk(path);
    }

    public async Task Fill()
    {
        await using var ballast = File.Create(Ballast);
        try
        {
            for (var block = new byte[64 * 1024]; ;)
            {
                await ballast.WriteAsync(block);
                await ballast.FlushAsync();
            }
        }
        catch (IOException)
        {
            // Full, as it is to be.
        }
    }

    public Task MakeRoom()
    {
        File.Delete(Ballast);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await Run("umount", "--lazy", Path);
        Directory.Delete(Path);
    }

    private static async Task<int> Run(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command) { UseShellExecute = false, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
