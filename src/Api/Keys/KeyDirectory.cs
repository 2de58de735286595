using Conclude.Grains;
using Conclude.Grains.Keys;
using Conclude.Grains.Tenants;

namespace Conclude.Api.Keys;

/// <summary>
/// Which workspace a key opens, as this process has learned it. A hash belongs to one workspace for ever, so what was found is kept;
/// that the key is still in force is read from the workspace's snapshot every time.
/// </summary>
internal sealed class KeyDirectory(IGrainFactory grains, WorkspaceSnapshots snapshots, TimeProvider time)
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

        return await snapshots.Get(known.Owner.Workspace) is { } workspace ? known.CallerIn(workspace) : null;
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

        public KeyOwner Owner => owner;

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
