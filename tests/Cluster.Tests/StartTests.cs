using System.Globalization;
using System.Text.RegularExpressions;
using Conclude.Testing;

namespace Conclude.Cluster.Tests;

/// <summary>What an operator meets at the start: silos that start at once on an empty database, and settings that cannot be.</summary>
public sealed partial class StartTests
{
    [Fact]
    public async Task Three_silos_that_start_at_once_on_an_empty_database_make_one_workspace_and_every_link_they_print_opens_it()
    {
        await using var cluster = Hosting.Cluster.Empty();
        await cluster.Join(3);

        foreach (var silo in cluster.Silos)
        {
            await silo.PrintedSoon("sign-in/link?token=");
            Assert.Empty((await silo.Get("/api/v1/moments"))["items"]!.AsArray());
        }

        // The key that was not given is the same on all of them.
        await cluster.Furnish();
        var last = Link().Match(cluster.Silos[^1].Printed).Value;
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = true });
        using var page = await browser.GetAsync(cluster.Silos[0].Address + last);
        Assert.Contains("/moments", page.RequestMessage!.RequestUri!.PathAndQuery, StringComparison.Ordinal);
        Assert.Equal(3L, PostgresServer.Execute(cluster.Database, "SELECT count(*) FROM cluster_silos WHERE status = 3"));
        Assert.Equal(1L, PostgresServer.Execute(cluster.Database, "SELECT count(*) FROM cluster_state WHERE kind = 'tenant'"));
    }

    [Fact]
    public async Task Without_a_database_a_silo_says_so_in_one_line()
    {
        await using var cluster = Hosting.Cluster.Empty();
        var (exitCode, printed) = await SiloProcess.RunRefused(null);
        Assert.Equal(2, exitCode);
        Assert.Equal("Conclude Moments did not start: The silos of a cluster share a PostgreSQL database: set ConnectionStrings:Conclude.", Assert.Single(printed));
    }

    [Theory]
    [InlineData("SiloPort", "0", "Conclude:Cluster:SiloPort must be a port, 1–65535.")]
    [InlineData("SiloPort", "eleven", "Conclude:Cluster:SiloPort must be a port, 1–65535.")]
    [InlineData("GatewayPort", "70000", "Conclude:Cluster:GatewayPort must be a port, 0–65535.")]
    [InlineData("GatewayPort", "11111", "Conclude:Cluster:GatewayPort must not be the SiloPort.")]
    [InlineData("ClusterId", "two words", "Conclude:Cluster:ClusterId must be 1–100 of letters, digits, - _ and dots.")]
    [InlineData("Address", "0.0.0.0", "Conclude:Cluster:Address must be an address that other silos can reach.")]
    [InlineData("Address", "no-such-host.invalid", "Conclude:Cluster:Address is neither an IP address nor a name that is known here.")]
    [InlineData("Listen", "11111", "Conclude:Cluster:Listen must be an IP address and a port, such as 0.0.0.0:11111.")]
    public async Task A_setting_of_the_cluster_that_cannot_be_used_is_named_in_one_line(string name, string value, string said)
    {
        await using var cluster = Hosting.Cluster.Empty();
        var (exitCode, printed) = await SiloProcess.RunRefused(null, ("ConnectionStrings__Conclude", cluster.Database), ("Conclude__Cluster__" + name, value));
        Assert.Equal(2, exitCode);
        Assert.Equal("Conclude Moments did not start: " + said, Assert.Single(printed));
    }

    [Fact]
    public async Task A_silo_port_in_use_is_told_in_one_line()
    {
        await using var cluster = Hosting.Cluster.Empty();
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        var (exitCode, printed) = await SiloProcess.RunRefused(
            null, ("ConnectionStrings__Conclude", cluster.Database), ("Conclude__Cluster__Address", "127.0.0.1"), ("Conclude__Cluster__SiloPort", port));
        Assert.Equal(2, exitCode);
        Assert.Contains(printed, line => line.StartsWith("Conclude Moments did not start:", StringComparison.Ordinal) && line.Contains("Conclude:Cluster:SiloPort", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keys_that_differ_in_leading_zeros_or_read_as_numbers_are_different_accounts()
    {
        await using var cluster = Hosting.Cluster.Empty();
        await cluster.Join(1, proxied: false, ("Conclude__Bootstrap__Workspace", "cafe"), ("Conclude__Bootstrap__OwnerEmail", "1+ada@acme.com"));
        await cluster.Join(1, proxied: false, ("Conclude__Bootstrap__Workspace", "00cafe"), ("Conclude__Bootstrap__OwnerEmail", "01+ada@acme.com"),
            ("Conclude__Bootstrap__PublishableKey", "pk_live_another"), ("Conclude__Bootstrap__TestKey", "pk_test_another"), ("Conclude__Bootstrap__SecretKey", "sk_live_another"));

        Assert.Equal(2L, PostgresServer.Execute(cluster.Database, "SELECT count(*) FROM cluster_state WHERE kind = 'tenant'"));
        Assert.Equal(2L, PostgresServer.Execute(cluster.Database, "SELECT count(*) FROM cluster_state WHERE kind = 'account'"));
    }

    [GeneratedRegex("/sign-in/link\\?token=\\S+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}
