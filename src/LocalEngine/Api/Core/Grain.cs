using System.Diagnostics.CodeAnalysis;
using Conclude.LocalEngine;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans;

/// <summary>The base class of grains.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    protected Grain()
        : this(RuntimeContext.Current!)
    {
    }

    /// <summary>For unit tests that bring a context of their own.</summary>
    protected Grain(IGrainContext grainContext) => GrainContext = grainContext;

    /// <summary>Null only when the grain was made with <c>new</c> outside an engine.</summary>
    [AllowNull]
    public IGrainContext GrainContext { get; }

    public GrainReference GrainReference => GrainContext.GrainReference;

    public string IdentityString => GrainContext.GrainId.ToString();

    protected IGrainFactory GrainFactory => Context is Activation activation
        ? activation.Engine.Factory
        : ServiceProvider.GetRequiredService<IGrainFactory>();

    protected internal IServiceProvider ServiceProvider => Context.ActivationServices;

    private IGrainContext Context => GrainContext
        ?? throw new InvalidOperationException("This grain was created outside an engine and has no context.");

    /// <inheritdoc cref="IGrainBase.OnActivateAsync"/>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc cref="IGrainBase.OnDeactivateAsync"/>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Deactivates this activation when the current call ends; later calls get a new activation.</summary>
    protected void DeactivateOnIdle() => Context.Deactivate(new(DeactivationReasonCode.ApplicationRequested, $"{nameof(DeactivateOnIdle)} was called."));
}
