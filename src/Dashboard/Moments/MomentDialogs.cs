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

    /// <summary>Opens a new moment like this one: switched off, and with an event to be named.</summary>
    public Task Duplicate(MomentDefinition moment) => Open(MomentForm.CopyOf(moment, clock.Zone));

    public Task ShowSnippet(string eventName, bool fresh = false) => dialogs.OpenAsync<SnippetDialog>(
        "",
        new() { [nameof(SnippetDialog.EventName)] = eventName, [nameof(SnippetDialog.Fresh)] = fresh },
        new DialogOptions { ShowTitle = false, AriaLabel = $"Snippet of {eventName}", Width = "620px", CloseDialogOnOverlayClick = true, AutoFocusFirstElement = true });

    /// <returns>False when it was refused.</returns>
    public async Task<bool> Switch(MomentDefinition moment, bool on)
    {
        var outcome = await editor.Replace(moment with { Enabled = on }, moment.Version);
        Tell(outcome.Saved ? $"{moment.Event} is {(on ? "on" : "off")}." : outcome.Problem);
        return outcome.Saved;
    }

    /// <returns>True when it is gone.</returns>
    public async Task<bool> Remove(MomentDefinition moment)
    {
        var sure = await dialogs.OpenAsync<RemoveDialog>(
            "",
            new() { [nameof(RemoveDialog.Moment)] = moment },
            new DialogOptions { ShowTitle = false, AriaLabel = $"Delete {moment.Event}", Width = "440px", AutoFocusFirstElement = true });
        if (sure is not true)
        {
            return false;
        }

        var outcome = await editor.Remove(moment);
        Tell(outcome.Saved ? $"{moment.Event} was deleted. Its history is kept." : outcome.Problem);
        return outcome.Saved;
    }

    public void Tell(string? text)
    {
        if (text is not null)
        {
            notices.Notify(new NotificationMessage { Severity = NotificationSeverity.Info, Summary = text, Duration = 5_000 });
        }
    }

    /// <summary>The drawer closes itself, after it has asked whether changes are to be lost: Radzen's own way out, by Escape, would not ask.</summary>
    private static Task<bool> AskTheDrawer() => Task.FromResult(false);

    private async Task Open(MomentForm form)
    {
        var saved = await dialogs.OpenSideAsync<MomentDrawer>(
            "",
            new() { [nameof(MomentDrawer.Form)] = form },
            new SideDialogOptions { ShowTitle = false, AriaLabel = form.IsNew ? "New moment" : $"Edit {form.Event}", ShowMask = true, CloseDialogOnOverlayClick = false, Width = "min(1140px, 100vw)", AutoFocusFirstElement = false, CanClose = AskTheDrawer });
        if (saved is MomentDefinition moment)
        {
            if (form.IsNew && moment.Enabled)
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
