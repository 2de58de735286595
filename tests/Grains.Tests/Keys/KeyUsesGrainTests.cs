using Conclude.Grains.Keys;
using Conclude.Grains.Tests.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace Conclude.Grains.Tests.Keys;

/// <summary>Proves that when a key was last used is written down, the latest of several processes wins, and a stop loses nothing.</summary>
public sealed class KeyUsesGrainTests
{
    [Fact]
    public async Task A_use_is_kept_and_survives_a_restart()
    {
        await using var cluster = await Cluster.Start();
        var key = (await cluster.Tenant.Snapshot())!.Keys[0];
        Assert.Null(await cluster.Grains.Key(key.Hash).LastUsed());
        var at = cluster.Time.GetUtcNow();
        cluster.Process(0).GetRequiredService<KeyUses>().Note(key.Hash);
        await cluster.Eventually(async () => await cluster.Grains.Key(key.Hash).LastUsed() == at);
        await cluster.Grains.Key(key.Hash).NoteUse(at - TimeSpan.FromHours(1));
        Assert.Equal(at, await cluster.Grains.Key(key.Hash).LastUsed());

        var later = cluster.Time.GetUtcNow();
        cluster.Process(0).GetRequiredService<KeyUses>().Note(key.Hash);
        await cluster.Restart();
        Assert.Equal(later, await cluster.Grains.Key(key.Hash).LastUsed());
    }

    [Fact]
    public async Task A_key_that_opens_nothing_keeps_nothing()
    {
        await using var cluster = await Cluster.Start();
        await cluster.Grains.Key("guess").NoteUse(cluster.Time.GetUtcNow());
        Assert.Null(await cluster.Grains.Key("guess").LastUsed());
    }
}
