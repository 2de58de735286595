using Conclude.Grains.Tests.Engine;

namespace Conclude.Grains.Tests.Accounts;

/// <summary>Proves that a session goes on until it is ended, forgotten, or the account's stamp changes, and that it does not stand in the way of the account's own updates.</summary>
public sealed class AccountSessionGrainTests
{
    private const string Owner = "owner@acme.com";

    [Fact]
    public async Task A_session_ends_alone_and_all_end_together()
    {
        await using var cluster = await Cluster.Start();
        var account = cluster.Grains.Account(Owner);
        var stamp = (await account.Find())!.SecurityStamp;
        var (phone, laptop) = ((await account.StartSession("Safari on iPhone"))!, (await account.StartSession("Firefox on Linux"))!);
        Assert.True(await account.CheckSession(phone, stamp, "acme"));
        Assert.True(await account.EndSession(phone));
        Assert.False(await account.EndSession(phone));
        Assert.False(await account.CheckSession(phone, stamp, "acme"));
        Assert.True(await account.CheckSession(laptop, stamp, "acme"));
        Assert.False(await account.CheckSession(laptop, "another stamp", "acme"));
        await account.EndSessions();
        Assert.False(await account.CheckSession(laptop, stamp, "acme"));
        Assert.False(await account.CheckSession(laptop, (await account.Find())!.SecurityStamp, "acme"));
        Assert.Empty(await account.Sessions());
    }

    [Fact]
    public async Task A_new_stamp_ends_the_sessions_of_the_old_one()
    {
        await using var cluster = await Cluster.Start();
        var account = cluster.Grains.Account(Owner);
        var session = (await account.StartSession("Firefox"))!;
        Assert.NotNull(await account.Save((await account.Find())! with { SecurityStamp = "changed" }));
        Assert.False(await account.CheckSession(session, "changed", "acme"));
        Assert.Empty(await account.Sessions());
    }

    [Fact]
    public async Task Being_seen_is_kept_and_outdates_no_update_of_the_account()
    {
        await using var cluster = await Cluster.Start();
        var account = cluster.Grains.Account(Owner);
        var read = (await account.Find())!;
        Assert.Null(await account.LastSeen("acme"));
        var session = (await account.StartSession("Firefox"))!;
        cluster.Time.Advance(TimeSpan.FromHours(1));
        Assert.True(await account.CheckSession(session, read.SecurityStamp, "acme"));
        Assert.Equal(cluster.Time.GetUtcNow(), await account.LastSeen("acme"));
        Assert.Null(await account.LastSeen("elsewhere"));
        Assert.NotNull(await account.Save(read with { AccessFailedCount = 1 }));
        Assert.Null(await account.Save(read with { AccessFailedCount = 2 }));
        await cluster.Restart();
        Assert.Equal(cluster.Time.GetUtcNow(), Assert.Single(await cluster.Grains.Account(Owner).Sessions()).SeenAt);
    }

    [Fact]
    public async Task Sessions_are_forgotten_after_two_weeks_and_beyond_fifty()
    {
        await using var cluster = await Cluster.Start();
        var account = cluster.Grains.Account(Owner);
        var stamp = (await account.Find())!.SecurityStamp;
        var first = (await account.StartSession("first"))!;
        for (var i = 0; i < 50; i++)
        {
            cluster.Time.Advance(TimeSpan.FromSeconds(1));
            await account.StartSession("more");
        }

        Assert.False(await account.CheckSession(first, stamp, "acme"));
        Assert.Equal(50, (await account.Sessions()).Length);
        cluster.Time.Advance(TimeSpan.FromDays(14));
        Assert.Empty(await account.Sessions());
        Assert.Null(await cluster.Grains.Account("nobody@acme.com").StartSession("guess"));
    }
}
