using Conclude.Grains;
using Conclude.Grains.Keys;
using Conclude.Grains.Tenants;

namespace Conclude.Api.Keys;

/// <summary>
/// Which workspace a key opens, as this process has learned it. A hash belongs to one workspace for ever, so what was found is kept;
/// that the key is still in force is read from the workspace's snapshot every time.
/// </summary>
internal sealed class KeyDirectory(IGrainFactory grains, WorkspaceSnapshots snapshots, KeyUses uses, TimeProvider time)
{
    private const int Capacity = 20_000;

    /// <summary>A key that opens nothing is not looked up again for this long; a key made meanwhile opens its workspace this much later.</summary>
    private static readonly TimeSpan UnknownFor = TimeSpan.FromSeconds(1);

    private readonly BoundedCache<KeyHash, Known> _known = new(Capacity);
    private readonly BoundedCache<KeyHash, long> _unknown = new(Capacity);

    /// <returns>Null when the key is malformed, unknown or revoked.</returns>
    public async ValueTask<Caller?> Find(string key)
    {
        if (key.Length > ApiKeys.MaxLength)
        {
            return null;
        }

        var hash = KeyHash.Of(key);
        if (!_known.TryGet(hash, out var known))
        {
            if (await Look(key, hash) is not { } owner)
            {
                return null;
            }

            _known.Set(hash, known = new Known(owner));
        }

        var caller = await snapshots.Get(known.Owner.Workspace) is { } workspace ? known.CallerIn(workspace) : null;
        if (caller is not null && known.IsToBeNoted(time))
        {
            uses.Note(caller.Key.Hash);
        }

        return caller;
    }

    private async ValueTask<KeyOwner?> Look(string key, KeyHash hash)
    {
        if (ApiKeys.KindOf(key) is null || (_unknown.TryGet(hash, out var since) && time.GetElapsedTime(since) < UnknownFor))
        {
            return null;
        }

        var owner = await grains.Key(ApiKeys.Hash(key)).Find();
        if (owner is null)
        {
            _unknown.Set(hash, time.GetTimestamp());
        }

        return owner;
    }

    private sealed class Known(KeyOwner owner)
    {
        private Caller? _latest;
        private long _notedAt;

        public KeyOwner Owner => owner;

        /// <summary>True for one request in a while.</summary>
        public bool IsToBeNoted(TimeProvider time)
        {
            var noted = Volatile.Read(ref _notedAt);
            return (noted == 0 || time.GetElapsedTime(noted) >= KeyUses.NotedEvery)
                && Interlocked.CompareExchange(ref _notedAt, time.GetTimestamp(), noted) == noted;
        }

        /// <summary>The caller in this version of the workspace; null when the key is not in force there.</summary>
        public Caller? CallerIn(WorkspaceSnapshot workspace)
        {
            var latest = Volatile.Read(ref _latest);
            if (ReferenceEquals(latest?.Workspace, workspace))
            {
                return latest;
            }

            latest = workspace.FindKey(owner.KeyId) is { } key ? new Caller(workspace, key) : null;
            Volatile.Write(ref _latest, latest);
            return latest;
        }
    }
}
