using System.Net;
using System.Net.Sockets;
using Conclude.Testing;

namespace Conclude.Api.Tests.Process;

/// <summary>Proves with a real process that what an operator can mend is one line on the error stream and a non-zero exit.</summary>
public sealed class RefusedStartTests
{
    [Theory]
    [InlineData("Conclude__Bootstrap__Plan", "nope", "nope")]
    [InlineData("Conclude__Bootstrap__Workspace", "Ac me", "Conclude:Bootstrap:Workspace")]
    [InlineData("Conclude__Bootstrap__OwnerEmail", "nobody", "Conclude:Bootstrap:OwnerEmail")]
    [InlineData("Conclude__Bootstrap__SecretKey", "nope", "secret key")]
    [InlineData("Conclude__Plans__self_hosted__Moments", "99999999999", "Conclude:Plans:self_hosted:Moments")]
    [InlineData("Conclude__Demo", "banana", "Conclude:Demo")]
    [InlineData("Conclude__RateLimit__PerKeyPerSecond", "-5", "Conclude:RateLimit")]
    [InlineData("Conclude__RateLimit__Enabled", "maybe", "Conclude:RateLimit:Enabled")]
    [InlineData("Conclude__RateLimit__PagesPerAccount", "-1", "Conclude:RateLimit")]
    [InlineData("Conclude__Operator__Token", "too-short", "Conclude:Operator:Token")]
    [InlineData("Conclude__PublicUrl", "moments.example.com", "Conclude:PublicUrl")]
    [InlineData("Conclude__PublicUrl", "https://moments.example.com/app", "Conclude:PublicUrl")]
    [InlineData("Conclude__TrustedProxies", "nonsense", "Conclude:TrustedProxies")]
    [InlineData("ConnectionStrings__Conclude", "Hosst=localhost", "ConnectionStrings:Conclude")]
    [InlineData("ConnectionStrings__Conclude", "Host=127.0.0.1;Port=1;Database=nothing;Username=nobody", "nothing on 127.0.0.1")]
    [InlineData("Conclude__DataDirectory", "/proc/nope", "/proc/nope")]
    public async Task A_setting_that_cannot_be_used_is_named_in_one_line(string name, string value, string named)
    {
        var (exitCode, printed) = await SiloProcess.RunRefused(port: null, (name, value));
        Assert.NotEqual(0, exitCode);
        Assert.Single(printed);
        Assert.Contains("did not start", printed[0], StringComparison.Ordinal);
        Assert.Contains(named, printed[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var (exitCode, printed) = await SiloProcess.RunRefused(((IPEndPoint)taken.LocalEndpoint).Port);
        Assert.NotEqual(0, exitCode);
        Assert.Contains("already in use", Assert.Single(printed), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_second_process_on_the_same_store_is_refused(string store)
    {
        await using var silo = await SiloProcess.Start(store == "postgres" ? [("ConnectionStrings__Conclude", PostgresServer.Get().NewDatabase())] : []);
        var (exitCode, printed) = await silo.RunSecond();
        Assert.NotEqual(0, exitCode);
        Assert.Contains(store == "sqlite" ? silo.Data.FullName : "is in use by another Conclude process", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", printed, StringComparison.Ordinal);
        await silo.Get("/api/v1/moments");
    }
}
