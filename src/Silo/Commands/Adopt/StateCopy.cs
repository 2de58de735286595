using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Conclude.Grains;
using Conclude.Grains.Accounts;
using Conclude.Grains.Idempotency;
using Conclude.Grains.Keys;
using Conclude.Grains.Tenants;
using Conclude.Ledger.Adoption;
using Orleans.Storage;

namespace Conclude.Silo.Commands.Adopt;

/// <summary>Hands stored documents to the grain storage of the engine that runs, as the grains themselves would write them.</summary>
internal sealed class StateCopy(IServiceProvider services)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Converters = { new JsonStringEnumConverter() },
        // As the engine reads it: what an earlier version did not write keeps its default.
        TypeInfoResolver = new DefaultJsonTypeInfoResolver
        {
            Modifiers =
            {
                static type =>
                {
                    foreach (var property in type.Properties)
                    {
                        property.IsRequired = false;
                    }
                },
            },
        },
        PropertyNameCaseInsensitive = true,
        NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly IGrainStorage _storage = services.GetRequiredKeyedService<IGrainStorage>(Storage.Provider);
    private readonly IGrainFactory _grains = services.GetRequiredService<IGrainFactory>();

    /// <summary>Documents that were not there.</summary>
    public int Written { get; private set; }

    /// <summary>Documents that were, as they are in the source.</summary>
    public int Found { get; private set; }

    /// <summary>Writes nothing.</summary>
    /// <exception cref="AdoptionRefusedException">Another document is where this one belongs.</exception>
    /// <exception cref="InvalidDataException">No grain keeps a state of this name.</exception>
    public Task Check(StoredState stored) => With(stored, writes: false);

    /// <summary>Writes what is not there yet.</summary>
    /// <inheritdoc cref="Check"/>
    public Task Write(StoredState stored) => With(stored, writes: true);

    private Task With(StoredState stored, bool writes) => stored.Name switch
    {
        Storage.Tenant => With<TenantState>(stored, _grains.GetGrain<ITenantGrain>(stored.Key).GetGrainId(), writes),
        Storage.Key => With<KeyState>(stored, _grains.GetGrain<IKeyGrain>(stored.Key).GetGrainId(), writes),
        Storage.Account => With<AccountState>(stored, _grains.GetGrain<IAccountGrain>(stored.Key).GetGrainId(), writes),
        Storage.Idempotency => With<IdempotencyState>(stored, _grains.GetGrain<IIdempotencyGrain>(stored.Key).GetGrainId(), writes),
        var name => throw new InvalidDataException($"The source keeps documents of the kind {name}, which this version does not know."),
    };

    private async Task With<T>(StoredState stored, GrainId grain, bool writes)
        where T : class, new()
    {
        GrainState<T> next = new() { State = JsonSerializer.Deserialize<T>(stored.Json, Json) ?? new T() };
        GrainState<T> there = new() { State = new T() };
        await _storage.ReadStateAsync(stored.Name, grain, there);
        if (there.RecordExists)
        {
            if (!JsonSerializer.SerializeToUtf8Bytes(there.State, Json).AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(next.State, Json)))
            {
                throw new AdoptionRefusedException($"The database has another {stored.Name} in the place of one of the source's ({grain.Key}): adopt into an empty one.");
            }

            Found += writes ? 1 : 0;
        }
        else if (writes)
        {
            await _storage.WriteStateAsync(stored.Name, grain, next);
            Written++;
        }
    }
}
