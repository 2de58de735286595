using System.Diagnostics;
using System.Net;
using Conclude.Testing;
using Microsoft.Data.Sqlite;

namespace Conclude.Api.Tests.Process;

/// <summary>Proves with a real process what a locked file and a full disk cost: time, and nothing that was acknowledged.</summary>
public sealed class StoreFaultTests
{
    [Fact]
    public async Task While_the_file_is_locked_nothing_is_acknowledged_and_afterwards_all_is_well()
    {
        await using var silo = await SiloProcess.Start();
        using var widget = new WidgetClient(silo.Address);
        var id = Guid.CreateVersion7();
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(silo.Data.FullName, "conclude.db")};Pooling=False"))
        {
            await other.OpenAsync();
            await using var lockIt = other.CreateCommand();
            lockIt.CommandText = "BEGIN IMMEDIATE";
            await lockIt.ExecuteNonQueryAsync();

            using var refused = await widget.Post("ada", (id, "page_viewed"));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
            Assert.Contains("store_unavailable", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            using var ready = await silo.Management.GetAsync("/health/ready");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        }

        var answer = await widget.Fire("ada", (id, "page_viewed"));
        Assert.Equal(1, (int)answer["accepted"]!);
        using var healed = await silo.Management.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.OK, healed.StatusCode);
    }

    [Fact]
    public async Task On_a_full_disk_nothing_is_acknowledged_and_nothing_is_lost()
    {
        await using var disk = await SmallDisk.Mount();
        await using var silo = await SiloProcess.Start(("Conclude__DataDirectory", disk.Path), ("Conclude__RateLimit__Enabled", "false"));
        using var widget = new WidgetClient(silo.Address);
        var acknowledged = 0L;
        HttpResponseMessage answer;
        do
        {
            answer = await widget.Post("ada", [.. Enumerable.Range(0, 100).Select(static _ => (Guid.CreateVersion7(), "page_viewed"))]);
            acknowledged += answer.IsSuccessStatusCode ? 100 : 0;
            Assert.InRange(acknowledged, 0, 1_000_000);
        }
        while (answer.IsSuccessStatusCode);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        disk.MakeRoom();
        Assert.Equal(1, (int)(await widget.Fire("ada", (Guid.CreateVersion7(), "page_viewed")))["accepted"]!);
        var observed = await silo.Get("/api/v1/observed-events");
        Assert.Equal(acknowledged + 1, (long)observed["items"]![0]!["count"]!);
    }

    /// <summary>A few megabytes of tmpfs with a file in it that can be taken away.</summary>
    private sealed class SmallDisk : IAsyncDisposable
    {
        private SmallDisk(string path) => Path = path;

        public string Path { get; }

        private string Ballast => System.IO.Path.Combine(Path, "ballast");

        public static async Task<SmallDisk> Mount()
        {
            var path = Directory.CreateTempSubdirectory("conclude-disk-").FullName;
            if (await Run("mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", path) != 0)
            {
                Directory.Delete(path);
                Assert.Skip("A small disk can be mounted by root only.");
            }

            var disk = new SmallDisk(path);
            await File.WriteAllBytesAsync(disk.Ballast, new byte[4 << 20]);
            return disk;
        }

        public void MakeRoom() => File.Delete(Ballast);

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

            using var process = System.Diagnostics.Process.Start(start)!;
            await process.WaitForExitAsync();
            return process.ExitCode;
        }
    }
}
