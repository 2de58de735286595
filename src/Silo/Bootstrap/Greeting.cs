using System.Text;
using Conclude.Api.Demo;
using Conclude.Dashboard.Hosting;
using Conclude.Grains;
using Conclude.Grains.Accounts;
using Conclude.Grains.Keys;
using Conclude.Grains.Tenants;
using Microsoft.Extensions.Options;

namespace Conclude.Silo.Bootstrap;

/// <summary>
/// Tells whoever started the program where to go. In Development on the console; in Production the keys and the sign-in link of the first
/// start go to a file that its owner alone can read, because consoles are kept by log collectors.
/// </summary>
internal sealed class Greeting(
    IGrainFactory grains, IHostEnvironment environment, IOptions<BootstrapOptions> options, IOptions<DemoOptions> demo, DataDirectoryPath data, PublicAddress known,
    TimeProvider time)
{
    private const string FileName = "first-start.txt";

    /// <param name="address">Where the dashboard is, as far as this process knows by itself.</param>
    /// <param name="newSecret">The secret key of a workspace that was made just now.</param>
    /// <param name="onConsole">Whoever reads the console asked for it, in Production too.</param>
    /// <returns>Whether there was anything to tell but where it is.</returns>
    public async Task<bool> Tell(string address, string? newSecret, bool onConsole = false)
    {
        address = known.Url ?? address;
        var workspace = options.Value.Workspace;
        var path = Path.Combine(data.FullName, FileName);
        if (newSecret is null && !environment.IsDevelopment() && (File.Exists(path) || await CanSignIn(workspace)))
        {
            await Console.Out.WriteLineAsync($"Conclude Moments is ready: {address}");
            return false;
        }

        var snapshot = await grains.Tenant(workspace).Snapshot() ?? throw new InvalidOperationException("The first workspace is missing.");
        var owner = Owner(snapshot);
        var token = await SignInLinks.Offer(grains, owner, time);
        var text = Text(address, snapshot, owner, token, newSecret);
        if (onConsole || environment.IsDevelopment())
        {
            await Console.Out.WriteLineAsync(text);
            return true;
        }

        await WriteForOwnerOnly(path, text);
        await Console.Out.WriteLineAsync($"Conclude Moments is ready: {address}\nKeys and a one-time sign-in link for the owner are in {path}");
        return true;
    }

    /// <summary>False after a first start that ended before it could tell anybody: the owner has no password, and the link was lost.</summary>
    private async Task<bool> CanSignIn(string workspace) =>
        await grains.Tenant(workspace).Snapshot() is not { } snapshot
        || (await grains.Account(Owner(snapshot)).Find())?.PasswordHash is not null;

    private static string Owner(WorkspaceSnapshot workspace) => workspace.Members.First(static m => m.Role == MemberRole.Owner).Email;

    private string Text(string address, WorkspaceSnapshot workspace, string owner, string token, string? newSecret)
    {
        var demoLine = demo.Value.Enabled ? $"\n  Demo             {address}/demo" : "";
        var secret = newSecret is null ? "was shown at the first start; only its hash is kept" : newSecret + "   (shown only now)";
        return $"""

              Conclude Moments is ready

              Dashboard        {address}/sign-in/link?token={token}
                               (signs in {owner}; works once, within the hour){demoLine}

              Workspace        {workspace.Workspace}
              Publishable key  {workspace.NewestKey(KeyKind.Publishable)?.Plain}
              Test key         {workspace.NewestKey(KeyKind.Test)?.Plain}
              Secret key       {secret}

            """;
    }

    private static async Task WriteForOwnerOnly(string path, string text)
    {
        var file = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            file.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var writer = new StreamWriter(path, Encoding.UTF8, file);
        await writer.WriteAsync(text);
    }
}
