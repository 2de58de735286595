using Conclude.Testing.Load;

namespace Conclude.Faults.Tests.Hosting;

/// <summary>One host on PostgreSQL for every fault of the network between them; the journal is of all of them together, as the store is.</summary>
public sealed class BrokenNetwork : IAsyncDisposable
{
    private Stage? _stage;

    internal Journal Journal { get; } = new();

    public async ValueTask DisposeAsync()
    {
        if (_stage is not null)
        {
            await _stage.DisposeAsync();
        }
    }

    /// <summary>Started at its first use, so that a test without PostgreSQL is skipped.</summary>
    internal async Task<Stage> Stage() => _stage ??= await Hosting.Stage.Start("postgres");
}
