using Conclude.Dashboard.Components.Moments;
using Conclude.Dashboard.Live;
using Conclude.Grains.Tenants;
using Radzen;

namespace Conclude.Dashboard.Moments;

/// <summary>Opens what the pages about moments share: the drawer, the snippet, the question before removing, the short notices.</summary>
public sealed class MomentDialogs(DialogService dialogs, NotificationService notices, MomentEditor editor, ViewerClock clock)
{
    /// <param name="eventName">Filled in when an observed event is promoted.</param>
    public Task Create(string? eventName = null) => Open(MomentForm.New(eventName));

    public Task Edit(MomentDefinition moment) => Open(MomentForm.Of(moment, clock.Zone));

    public Task ShowSnippet(string eventName, bool fresh = false) => dialogs.OpenAsync<SnippetDialog>(
        "",
        new() { [nameof(SnippetDialog.EventName)] = eventName, [nameof(SnippetDialog.Fresh)] = fresh },
        new DialogOptions { ShowTitle = false, AriaLabel = $"Snippet of {eventName}", Width = "620px", CloseDialogOnOverlayClick = true, AutoFocusFirstElement = true });

    public async Task Switch(MomentDefinition moment, bool on)
    {
        var outcome = await editor.Replace(moment with { Enabled = on }, moment.Version);
        Tell(outcome.Saved ? $"{moment.Event} is {(on ? "on" : "off")}." : outcome.Problem);
    }

    /// <returns>True when it is gone.</returns>
    public async Task<bool> Remove(MomentDefinition moment)
    {
        var sure = await dialogs.OpenAsync<RemoveDialog>(
            "",
            new() { [nameof(RemoveDialog.EventName)] = moment.Event },
            new DialogOptions { ShowTitle = false, AriaLabel = $"Remove {moment.Event}", Width = "420px", AutoFocusFirstElement = true });
        if (sure is not true)
        {
            return false;
        }

        var outcome = await editor.Remove(moment);
        Tell(outcome.Saved ? $"{moment.Event} was removed. Its history is kept." : outcome.Problem);
        return outcome.Saved;
    }

    public void Tell(string? text)
    {
        if (text is not null)
        {
            notices.Notify(new NotificationMessage { Severity = NotificationSeverity.Info, Summary = text, Duration = 5_000 });
        }
    }

    private async Task Open(MomentForm form)
    {
        var saved = await dialogs.OpenSideAsync<MomentDrawer>(
            "",
            new() { [nameof(MomentDrawer.Form)] = form },
            new SideDialogOptions { ShowTitle = false, AriaLabel = form.IsNew ? "New moment" : $"Edit {form.Event}", ShowMask = true, CloseDialogOnOverlayClick = false, Width = "min(540px, 100vw)", AutoFocusFirstElement = false });
        if (saved is MomentDefinition moment)
        {
            if (form.IsNew)
            {
                await ShowSnippet(moment.Event, fresh: true);
            }
            else
            {
                Tell($"{moment.Event} was saved.");
            }
        }
    }
}
