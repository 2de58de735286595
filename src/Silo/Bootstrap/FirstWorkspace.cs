using System.Security.Cryptography;
using Conclude.Grains;
using Conclude.Grains.Accounts;
using Conclude.Grains.Keys;
using Conclude.Grains.Tenants;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Conclude.Silo.Bootstrap;

/// <summary>Makes the first workspace on an empty store, with its keys and its owner.</summary>
internal sealed class FirstWorkspace(
    IGrainFactory grains, IOptions<BootstrapOptions> options, IConfiguration configuration, TimeProvider time)
{
    private const int Attempts = 10;
    private static readonly PasswordHasher<Account> Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = PasswordRules.Iterations }));

    /// <returns>The secret key when the workspace was made just now by this process, which is the only time it is known; else null.</returns>
    /// <exception cref="InvalidSettingException">What is set under Conclude:Bootstrap makes no workspace.</exception>
    public async Task<string?> Ensure(CancellationToken cancellation)
    {
        var wanted = options.Value;
        if (!GrainKeys.IsWorkspaceId(wanted.Workspace))
        {
            throw new InvalidSettingException("Conclude:Bootstrap:Workspace must be 1–40 of a–z, 0–9 and -.");
        }

        return await Patiently.Do(
            async () => await grains.Tenant(wanted.Workspace).Snapshot() is null ? await Make(wanted) : null, time, cancellation);
    }

    private async Task<string?> Make(BootstrapOptions wanted)
    {
        if (!EmailAddress.IsPlausible(wanted.OwnerEmail.Trim()))
        {
            throw new InvalidSettingException("Conclude:Bootstrap:OwnerEmail must be an e-mail address.");
        }

        var plan = Plans.Find(configuration, wanted.Plan);
        var secret = Given(wanted.SecretKey, KeyKind.Secret);
        var keys = new[] { Given(wanted.PublishableKey, KeyKind.Publishable), Given(wanted.TestKey, KeyKind.Test), secret };
        // Before the workspace: once that exists, this is never done again.
        if (wanted.OwnerPassword is { Length: > 0 } password)
        {
            await SetPassword(GrainKeys.NormalizeEmail(wanted.OwnerEmail), password);
        }

        var made = await grains.Tenant(wanted.Workspace).Create(new NewWorkspace(
            wanted.Workspace, plan, wanted.OwnerEmail,
            [.. keys.Select(key => ApiKeys.Record(key, time.GetUtcNow()))],
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))));
        return made ? secret : null;
    }

    private static string Given(string? key, KeyKind kind) => key switch
    {
        null or "" => ApiKeys.Generate(kind),
        _ when ApiKeys.KindOf(key) == kind => key,
        _ => throw new InvalidSettingException($"The {kind.ToString().ToLowerInvariant()} key set under Conclude:Bootstrap does not have its prefix, or is longer than {ApiKeys.MaxLength} characters."),
    };

    private async Task SetPassword(string email, string password)
    {
        var owner = grains.Account(email);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var account = await owner.Find() ?? new Account { Email = email, SecurityStamp = Guid.NewGuid().ToString("N") };
            if (await owner.Save(account with { PasswordHash = Hasher.HashPassword(account, password) }) is not null)
            {
                return;
            }
            // Another silo that starts has just set it, to the same.
        }

        throw new InvalidOperationException("The owner's account keeps changing.");
    }
}
