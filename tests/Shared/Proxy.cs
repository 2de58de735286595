using System.Diagnostics;
using System.Net;

namespace Conclude.Testing;

/// <summary>Caddy with the configuration of deploy/, before silos of the test. Skips the test where Caddy is missing.</summary>
internal sealed class Proxy : IAsyncDisposable
{
    private const string Program = "/usr/bin/caddy";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("conclude-proxy-");
    private readonly Process _process;

    private Proxy(int port, string silos)
    {
        Address = $"http://127.0.0.1:{port}";
        _process = Process.Start(new ProcessStartInfo(Program, ["run", "--adapter", "caddyfile", "--config", Deploy.File("Caddyfile")])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            Environment =
            {
                ["CONCLUDE_SITE"] = $":{port}", ["CONCLUDE_SILOS"] = silos,
                // Where it keeps state of its own.
                ["HOME"] = _folder.FullName, ["XDG_DATA_HOME"] = _folder.FullName, ["XDG_CONFIG_HOME"] = _folder.FullName,
            },
        })!;
        // Read to its end, else it would wait with its pipe full.
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
    }

    public string Address { get; }

    /// <summary>Starts it and waits until it passes requests on.</summary>
    public static async Task<Proxy> Start(params SiloProcess[] silos)
    {
        Assert.SkipUnless(File.Exists(Program), "Caddy is missing: install the Debian package caddy");
        Proxy proxy = new(SiloProcess.FreePort(), string.Join(' ', silos.Select(static s => new Uri(s.Address).Authority)));
        using HttpClient http = new();
        var started = Stopwatch.GetTimestamp();
        while (!await Answers(http, proxy.Address))
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20), "The proxy does not answer.");
            await Task.Delay(50);
        }

        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static async Task<bool> Answers(HttpClient http, string address)
    {
        try
        {
            using var answer = await http.GetAsync(address + "/sign-in");
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
