using Conclude.Grains.Accounts;
using Conclude.Grains.Tests.Engine;

namespace Conclude.Grains.Tests.Accounts;

/// <summary>Proves that a sign-in link works once and in time, and that stale account updates are refused.</summary>
public sealed class AccountGrainTests
{
    private const string Owner = "owner@acme.com";

    [Fact]
    public async Task A_sign_in_link_works_once()
    {
        await using var cluster = await Cluster.Start();
        var token = await SignInLinks.Offer(cluster.Grains, " Owner@Acme.com ", cluster.Time);
        Assert.Equal(Owner, await SignInLinks.Redeem(cluster.Grains, token));
        Assert.Null(await SignInLinks.Redeem(cluster.Grains, token));
    }

    [Fact]
    public async Task A_sign_in_link_ends_with_its_time()
    {
        await using var cluster = await Cluster.Start();
        var token = await SignInLinks.Offer(cluster.Grains, Owner, cluster.Time);
        cluster.Time.Advance(SignInLinks.ValidFor);
        Assert.Null(await SignInLinks.Redeem(cluster.Grains, token));
    }

    [Fact]
    public async Task Of_links_offered_by_several_silos_any_works_and_ends_the_others()
    {
        await using var cluster = await Cluster.Start();
        var earlier = await SignInLinks.Offer(cluster.Grains, Owner, cluster.Time);
        var later = await SignInLinks.Offer(cluster.Grains, Owner, cluster.Time);
        Assert.Equal(Owner, await SignInLinks.Redeem(cluster.Grains, earlier));
        Assert.Null(await SignInLinks.Redeem(cluster.Grains, later));
    }

    [Fact]
    public async Task Of_nine_links_the_oldest_ends()
    {
        await using var cluster = await Cluster.Start();
        var oldest = await SignInLinks.Offer(cluster.Grains, Owner, cluster.Time);
        var second = await SignInLinks.Offer(cluster.Grains, Owner, cluster.Time);
        for (var more = 0; more < 7; more++)
        {
            await SignInLinks.Offer(cluster.Grains, Owner, cluster.Time);
        }

        Assert.Null(await SignInLinks.Redeem(cluster.Grains, oldest));
        Assert.Equal(Owner, await SignInLinks.Redeem(cluster.Grains, second));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("!!!.x")]
    [InlineData("IA.x")]
    [InlineData("b3duZXJAYWNtZS5jb20.guess")]
    public async Task Rubbish_opens_nothing(string token)
    {
        await using var cluster = await Cluster.Start();
        await SignInLinks.Offer(cluster.Grains, Owner, cluster.Time);
        Assert.Null(await SignInLinks.Redeem(cluster.Grains, token));
    }

    [Fact]
    public async Task A_stale_update_is_refused()
    {
        await using var cluster = await Cluster.Start();
        var account = (await cluster.Grains.Account(Owner).Find())!;
        Assert.NotNull(await cluster.Grains.Account(Owner).Save(account with { AccessFailedCount = 1 }));
        Assert.Null(await cluster.Grains.Account(Owner).Save(account with { AccessFailedCount = 2 }));
        Assert.Equal(1, (await cluster.Grains.Account(Owner).Find())!.AccessFailedCount);
    }
}
