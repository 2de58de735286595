using Conclude.Conformance.Tests.Engine;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Conclude.Conformance.Tests.Calls;

public interface ICallGrain : IGrainWithStringKey
{
    Task<int> AddAsync(int left, int right);

    ValueTask<string> JoinAsync(string a, int b, Guid c, DateTimeOffset d, bool? e, string f);

    Task NoteAsync(string entry);

    ValueTask NoteValueAsync(string entry);

    Task FailAsync(string message);

    ValueTask<int> FailLaterAsync(string message);

    Task RelayFailureAsync(ICallGrain to, string message);

    /// <summary>Calls <paramref name="to"/>, which calls back.</summary>
    Task CallInCycleAsync(ICallGrain to);

    Task CallBackAsync(ICallGrain to);

    Task WaitAsync(string gate, CancellationToken cancellationToken);

    [OneWay]
    Task NoteWhenOpenAsync(string gate, string entry);

    Task<string> IdAsync();

    Task<ICallGrain> SelfAsync();

    Task<bool> ServicesAreInjectedAsync();
}

[GenerateSerializer]
[Alias("conformance.BadDayException")]
public sealed class BadDayException : Exception
{
    public BadDayException()
    {
    }

    public BadDayException(string message)
        : base(message)
    {
    }

    public BadDayException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

internal sealed class CallGrain(ILogger<CallGrain> logger, TimeProvider time, IGrainFactory grains) : Grain, ICallGrain
{
    public Task<int> AddAsync(int left, int right) => Task.FromResult(left + right);

    public ValueTask<string> JoinAsync(string a, int b, Guid c, DateTimeOffset d, bool? e, string f) => new($"{a} {b} {c} {d:O} {e} {f}");

    public Task NoteAsync(string entry)
    {
        Journal.Write(this.GetPrimaryKeyString(), entry);
        return Task.CompletedTask;
    }

    public async ValueTask NoteValueAsync(string entry)
    {
        await Task.Yield();
        Journal.Write(this.GetPrimaryKeyString(), entry);
    }

    public Task FailAsync(string message) => throw new InvalidOperationException(message);

    public async ValueTask<int> FailLaterAsync(string message)
    {
        await Task.Yield();
        throw new BadDayException(message);
    }

    public async Task RelayFailureAsync(ICallGrain to, string message) => await to.FailLaterAsync(message);

    public Task CallInCycleAsync(ICallGrain to) => to.CallBackAsync(this.AsReference<ICallGrain>());

    public Task CallBackAsync(ICallGrain to) => to.NoteAsync("called back");

    public async Task WaitAsync(string gate, CancellationToken cancellationToken)
    {
        Journal.Write(gate, "waiting");
        try
        {
            await Journal.GateAsync(gate).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Journal.Write(gate, "cancelled");
            throw;
        }
    }

    public async Task NoteWhenOpenAsync(string gate, string entry)
    {
        await Journal.GateAsync(gate);
        Journal.Write(this.GetPrimaryKeyString(), entry);
        throw new InvalidOperationException("Nobody hears this.");
    }

    public Task<string> IdAsync() => Task.FromResult(this.GetGrainId().ToString());

    public Task<ICallGrain> SelfAsync() => Task.FromResult(this.AsReference<ICallGrain>());

    public Task<bool> ServicesAreInjectedAsync() =>
        Task.FromResult(logger is not null && time is ManualTime && grains.GetGrain<ICallGrain>("x").Equals(GrainFactory.GetGrain<ICallGrain>("x")));
}
