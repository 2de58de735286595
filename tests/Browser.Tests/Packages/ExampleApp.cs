using System.Diagnostics;
using Conclude.Testing;

namespace Conclude.Browser.Tests.Packages;

/// <summary>One of <c>widget/examples</c>, built and served as its README says, on an origin of its own.</summary>
internal sealed class ExampleApp : IAsyncDisposable
{
    private readonly Process _node;

    private ExampleApp(Process node, string address) => (_node, Address) = (node, address);

    public string Address { get; }

    public static async Task<ExampleApp> Start(SiloProcess silo, string example, string key, params string[] options)
    {
        var node = Process.Start(new ProcessStartInfo(
            "node", [Repository.At("widget/examples/serve.mjs"), example, "--key", key, "--api", silo.Address, "--port", "0", .. options])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        return await node.StandardOutput.ReadLineAsync() is { } address
            ? new(node, address)
            : throw new InvalidOperationException($"The example {example} does not start: {await node.StandardError.ReadToEndAsync()}");
    }

    public async ValueTask DisposeAsync()
    {
        _node.Kill();
        await _node.WaitForExitAsync();
        _node.Dispose();
    }
}
