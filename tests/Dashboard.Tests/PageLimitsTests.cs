using System.Net;
using Conclude.Dashboard.Hosting;
using Microsoft.Extensions.Options;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves that neither an account nor an address takes all of what a process can hold open or try, and that an office is no single client.</summary>
public sealed class PageLimitsTests
{
    private static readonly IPAddress Office = IPAddress.Parse("198.51.100.7");

    [Fact]
    public void An_account_holds_its_share_of_pages_and_gets_it_back()
    {
        using var limits = New(new() { PagesPerAccount = 2, PagesPerAddress = 10 });
        var first = limits.Enter("ada@example.com", Office);
        Assert.NotNull(limits.Enter("ada@example.com", IPAddress.Parse("198.51.100.8")));

        Assert.False(limits.HasRoom("ada@example.com", Office));
        Assert.Null(limits.Enter("ada@example.com", Office));
        Assert.NotNull(limits.Enter("grace@example.com", Office));

        first!.Dispose();
        Assert.True(limits.HasRoom("ada@example.com", Office));
        Assert.NotNull(limits.Enter("ada@example.com", Office));
    }

    [Fact]
    public void An_address_holds_its_share_whatever_its_accounts_and_a_refusal_takes_no_place()
    {
        using var limits = New(new() { PagesPerAccount = 2, PagesPerAddress = 3 });
        var places = Enumerable.Range(0, 3).Select(n => limits.Enter($"person{n}@example.com", Office)).ToList();
        Assert.All(places, Assert.NotNull);

        Assert.False(limits.HasRoom("late@example.com", Office));
        Assert.Null(limits.Enter("late@example.com", Office));
        Assert.Null(limits.Enter("late@example.com", Office));

        // The two refusals above have cost the account nothing: elsewhere it may have both of its pages.
        Assert.NotNull(limits.Enter("late@example.com", IPAddress.Parse("203.0.113.1")));
        Assert.NotNull(limits.Enter("late@example.com", IPAddress.Parse("203.0.113.1")));
        places[0]!.Dispose();
        Assert.NotNull(limits.Enter("next@example.com", Office));
    }

    [Theory]
    [InlineData("2001:db8::1", "2001:db8::ffff", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    [InlineData("198.51.100.7", "::ffff:198.51.100.7", true)]
    [InlineData("198.51.100.7", "198.51.100.8", false)]
    public void One_host_is_one_address_however_many_it_owns(string first, string second, bool same)
    {
        using var limits = New(new() { PagesPerAddress = 1 });
        limits.Enter("ada@example.com", IPAddress.Parse(first));

        Assert.Equal(!same, limits.Enter("grace@example.com", IPAddress.Parse(second)) is not null);
    }

    [Fact]
    public void What_is_no_network_connection_counts_as_one_address()
    {
        using var limits = New(new() { PagesPerAddress = 1 });
        Assert.NotNull(limits.Enter("ada@example.com", null));

        Assert.Null(limits.Enter("grace@example.com", null));
    }

    [Fact]
    public void Tries_run_out_for_an_address_and_for_no_other()
    {
        using var limits = New(new() { SignInsPerAddressPerMinute = 6 });
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => limits.MayTry(Office)));

        Assert.True(limits.MayTry(IPAddress.Parse("198.51.100.8")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nothing_is_counted_that_is_not_limited(bool enabled)
    {
        using var limits = New(enabled ? new() { PagesPerAccount = 0, PagesPerAddress = 0, SignInsPerAddressPerMinute = 0 } : new() { Enabled = false, PagesPerAccount = 1, PagesPerAddress = 1, SignInsPerAddressPerMinute = 1 });
        for (var n = 0; n < 1000; n++)
        {
            Assert.NotNull(limits.Enter("ada@example.com", Office));
            Assert.True(limits.MayTry(Office));
        }

        Assert.True(limits.HasRoom("ada@example.com", Office));
    }

    [Fact]
    public void An_office_of_two_hundred_people_with_two_pages_each_is_let_in()
    {
        using var limits = New(new());
        Assert.All(Enumerable.Range(0, 400), n => Assert.NotNull(limits.Enter($"person{n / 2}@example.com", Office)));
    }

    private static PageLimits New(PageLimitOptions options) => new(Options.Create(options));
}
