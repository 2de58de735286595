using Conclude.Dashboard.Live;
using Microsoft.AspNetCore.Components;

namespace Conclude.Dashboard.Components.Shared;

/// <summary>Stands in whatever is shown while something loads: as long as it is there, the page's first load is not over. Shows nothing itself.</summary>
public sealed class Loading : IComponent, IDisposable
{
    private bool _disposed;
    private bool _begun;

    [Inject] public required FirstLoad Load { get; set; }

    public void Attach(RenderHandle renderHandle)
    {
        // Nothing is rendered.
    }

    public Task SetParametersAsync(ParameterView parameters)
    {
        if (!_begun)
        {
            _begun = true;
            Load.Begin();
        }

        return Task.CompletedTask;
    }

    public void Dispose()
    {
        if (_begun && !_disposed)
        {
            _disposed = true;
            _ = EndAfterThisRender();
        }
    }

    /// <summary>What is shown instead begins to load in the render that ends this.</summary>
    private async Task EndAfterThisRender()
    {
        await Task.Yield();
        Load.End();
    }
}
