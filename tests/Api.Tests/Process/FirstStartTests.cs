using Conclude.Testing;

namespace Conclude.Api.Tests.Process;

/// <summary>Proves what the first start prints, and where secrets go when nobody should see them.</summary>
public sealed class FirstStartTests
{
    [Fact]
    public async Task In_Development_the_console_has_everything_to_begin_with()
    {
        await using var silo = await SiloProcess.Start(TestStore.Settings());
        await silo.PrintedSoon("sign-in/link?token=");
        Assert.Contains(silo.Address + "/demo", silo.Printed, StringComparison.Ordinal);
        Assert.Contains(SiloProcess.PublishableKey, silo.Printed, StringComparison.Ordinal);
        Assert.Contains(SiloProcess.SecretKey, silo.Printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_Production_keys_and_link_go_to_a_file_for_its_owner_alone()
    {
        await using var silo = await SiloProcess.Start(TestStore.Settings(("ASPNETCORE_ENVIRONMENT", "Production")));
        var file = Path.Combine(silo.Data.FullName, "first-start.txt");
        await silo.PrintedSoon(file);
        Assert.DoesNotContain(SiloProcess.SecretKey, silo.Printed, StringComparison.Ordinal);
        Assert.DoesNotContain("token=", silo.Printed, StringComparison.Ordinal);
        Assert.Contains(SiloProcess.SecretKey, await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task An_owner_without_a_password_gets_a_link_when_the_first_start_could_not_tell()
    {
        await using var silo = await SiloProcess.Start(TestStore.Settings(("ASPNETCORE_ENVIRONMENT", "Production"), ("Conclude__Bootstrap__OwnerPassword", "")));
        var file = Path.Combine(silo.Data.FullName, "first-start.txt");
        await silo.PrintedSoon(file);
        await silo.Kill();
        // As if it had been killed before it wrote the file.
        File.Delete(file);
        await silo.Run();
        // Printed after the file is written.
        await silo.PrintedSoon("are in " + file, times: 2);
        var text = await File.ReadAllTextAsync(file);
        Assert.Contains("sign-in/link?token=", text, StringComparison.Ordinal);
        Assert.DoesNotContain(SiloProcess.SecretKey, text, StringComparison.Ordinal);
    }
}
