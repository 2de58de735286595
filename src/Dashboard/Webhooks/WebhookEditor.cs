using System.Collections.Immutable;
using Conclude.Dashboard.Live;
using Conclude.Dashboard.Settings;
using Conclude.Grains;
using Conclude.Grains.Tenants;
using Conclude.Grains.Webhooks;
using Conclude.Ledger;
using Conclude.Ledger.Outbox;

namespace Conclude.Dashboard.Webhooks;

/// <summary>Changes and tries the webhooks of the workspace that this circuit shows.</summary>
public sealed class WebhookEditor(
    WorkspaceEdits edits, WorkspaceFeed feed, IGrainFactory grains, WebhookDestinations destinations, WebhookActions actions, TimeProvider time)
{
    private static readonly SettingsOutcome TooMany = new($"There are {Webhook.MaxOfAWorkspace} webhooks, as many as a workspace may have. Remove one first.", ImmutableSortedDictionary<string, string>.Empty);

    private static readonly SettingsOutcome Disabled = new("This webhook is disabled. Enable it first.", ImmutableSortedDictionary<string, string>.Empty);

    private ITenantWebhooks Tenant => grains.TenantWebhooks(feed.Workspace.Workspace);

    /// <returns>The secret of one that was made, which nobody can be told again; else null.</returns>
    public async Task<(SettingsOutcome Outcome, string? Secret)> Save(WebhookForm form)
    {
        var secret = form.Id is null ? WebhookSecrets.Generate() : null;
        var outcome = await Run(async by =>
        {
            var edit = form.Read();
            var errors = await Check(edit);
            return !errors.IsEmpty ? SettingsOutcome.Invalid(errors)
                : Outcome(form.Id is { } id ? await Tenant.ReplaceWebhook(by, id, edit) : await Tenant.AddWebhook(by, Made(edit, secret!)));
        });
        return (outcome, outcome.Saved ? secret : null);
    }

    public Task<SettingsOutcome> Remove(Webhook webhook) => Run(async by => Outcome(await Tenant.RemoveWebhook(by, webhook.Id)));

    /// <returns>The new secret, which nobody can be told again.</returns>
    public async Task<(SettingsOutcome Outcome, string? Secret)> Rotate(Webhook webhook)
    {
        var secret = WebhookSecrets.Generate();
        var outcome = await Run(async by => Outcome(await Tenant.RotateWebhookSecret(by, webhook.Id, secret)));
        return (outcome, outcome.Saved ? secret : null);
    }

    public Task<SettingsOutcome> Test(Webhook webhook) => Run(async by => Outcome((await actions.Test(feed.Workspace.Workspace, by, webhook.Id)).Status));

    public Task<SettingsOutcome> Replay(Delivery delivery) => Run(async by =>
    {
        var (status, again) = await actions.Replay(feed.Workspace.Workspace, by, delivery);
        return status is SaveStatus.Saved && again is null ? SettingsOutcome.Gone : Outcome(status);
    });

    private async Task<ImmutableSortedDictionary<string, string>> Check(WebhookEdit edit)
    {
        var errors = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (await destinations.Problem(edit.Url, CancellationToken.None) is { } problem)
        {
            errors["url"] = problem;
        }

        if (edit.Events == WebhookEvents.None)
        {
            errors["events"] = "choose at least one";
        }

        if (edit.Description?.Length > Webhook.MaxDescription || edit.Description?.Any(char.IsControl) is true)
        {
            errors["description"] = $"at most {Webhook.MaxDescription} characters";
        }

        return errors.ToImmutable();
    }

    private Webhook Made(WebhookEdit edit, string secret) => new()
    {
        Id = WebhookSecrets.NewId(),
        Url = edit.Url,
        Events = edit.Events,
        Enabled = edit.Enabled,
        Description = edit.Description,
        Secret = secret,
        CreatedAt = time.GetUtcNow(),
    };

    private static SettingsOutcome Outcome(SaveStatus status) => status switch
    {
        SaveStatus.Saved => SettingsOutcome.Done,
        SaveStatus.PlanLimit => TooMany,
        SaveStatus.NotAllowed => SettingsOutcome.NotAllowed,
        SaveStatus.Invalid => Disabled,
        _ => SettingsOutcome.Gone,
    };

    private Task<SettingsOutcome> Run(Func<Author, Task<SettingsOutcome>> edit) => edits.Run(tenant => edit(tenant.Author), SettingsOutcome.NotAllowed, SettingsOutcome.Unavailable);
}
