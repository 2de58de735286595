using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Conclude.LocalEngine.Storage;

/// <summary>
/// A grain's stored value. Operations run one after the other. Failures of the storage reach the grain as
/// <see cref="OrleansException"/>, as in Orleans.
/// </summary>
internal sealed class PersistentState<TState> : IPersistentState<TState>, IStoredValue
{
    private readonly IGrainStorage _storage;
    private readonly GrainId _grainId;
    private readonly string _name;
    private readonly GrainState<TState> _value = new(StateActivator<TState>.Create());
    private Task _last = Task.CompletedTask;

    private PersistentState(IGrainStorage storage, GrainId grainId, string name)
    {
        _storage = storage;
        _grainId = grainId;
        _name = name;
    }

    public TState State
    {
        get => _value.State!;
        set => _value.State = value;
    }

    public string? Etag => _value.ETag;

    public bool RecordExists => _value.RecordExists;

    internal static PersistentState<TState> Create(Activation activation, PersistentStateAttribute attribute)
    {
        var services = activation.ActivationServices;
        var storage = attribute.StorageName is { } name ? services.GetKeyedService<IGrainStorage>(name) : services.GetService<IGrainStorage>();
        var state = new PersistentState<TState>(
            storage ?? throw new OrleansConfigurationException($"No storage provider named '{attribute.StorageName}' found for grain {activation.GrainId.ForLog()}."),
            activation.GrainId,
            attribute.StateName);
        (activation.Extras.Unread ??= []).Add(state);
        return state;
    }

    public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    public Task ReadStateAsync(CancellationToken cancellationToken) =>
        InOrder("reading", token => _storage.ReadStateAsync(_name, _grainId, _value, token), cancellationToken);

    public Task WriteStateAsync(CancellationToken cancellationToken) =>
        InOrder("writing", token => _storage.WriteStateAsync(_name, _grainId, _value, token), cancellationToken);

    public Task ClearStateAsync(CancellationToken cancellationToken) =>
        InOrder("clearing", token => _storage.ClearStateAsync(_name, _grainId, _value, token), cancellationToken);

    Task IStoredValue.ReadAsync(CancellationToken cancellationToken) => ReadStateAsync(cancellationToken);

    private Task InOrder(string verb, Func<CancellationToken, Task> operation, CancellationToken cancellationToken) =>
        _last = RunAsync(_last, verb, operation, cancellationToken);

    private async Task RunAsync(Task previous, string verb, Func<CancellationToken, Task> operation, CancellationToken cancellationToken)
    {
        await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        try
        {
            await operation(cancellationToken);
            if (!_value.RecordExists && _value.State is null)
            {
                _value.State = StateActivator<TState>.Create();
            }
        }
        catch (Exception exception) when (exception is not OrleansException && !(exception is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            throw new OrleansException($"Error from storage provider {_storage.GetType().Name} while {verb} {_name} of grain {_grainId.ForLog()}: {exception.Message}", exception);
        }
    }
}
