using System.Globalization;
using Conclude.Dashboard.Components.Shared;
using Conclude.Dashboard.Ranges;
using Conclude.Dashboard.Responses;
using Conclude.Ledger;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Conclude.Dashboard.Components.Responses;

public sealed partial class ResponsesPage : LiveComponent
{
    private const int MostCompanies = 100;

    private readonly CancellationTokenSource _left = new();
    private readonly HashSet<Guid> _fresh = [];
    private readonly SortedSet<string> _companies = new(StringComparer.OrdinalIgnoreCase);
    private ResponseSelection _chosen = ResponseSelection.Everything;
    private ResponseSelection? _shown;
    private ResponseList _list = null!;
    private long _readAtAnswers;
    private int _reads;
    private bool _reading;
    private bool _failed;
    private DotNetObjectReference<ResponsesPage>? _self;

    /// <summary>Until the browser says that somebody reads further down.</summary>
    private bool _atTop = true;

    [Inject]
    public required ILedgerSearch Ledger { get; set; }

    [Inject]
    public required ResponseScript Script { get; set; }

    [Inject]
    public required TimeProvider Time { get; set; }

    [SupplyParameterFromQuery(Name = "event")]
    public string? Event { get; set; }

    [SupplyParameterFromQuery(Name = "reaction")]
    public string? ReactionName { get; set; }

    [SupplyParameterFromQuery(Name = "company")]
    public string? Company { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public string? Page { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    [SupplyParameterFromQuery(Name = "comments")]
    public string? Comments { get; set; }

    [SupplyParameterFromQuery(Name = "range")]
    public string? RangeName { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    public string? To { get; set; }

    private string? Counted => _list.Count is { } count
        ? $"{count.Count.ToString("N0", CultureInfo.InvariantCulture)}{(count.IsAll ? null : "+")} {(count is { Count: 1, IsAll: true } ? "answer" : "answers")}"
        : null;

    [JSInvokable]
    public void AtTop(bool atTop) => _atTop = atTop;

    protected override void OnInitialized()
    {
        _list = new ResponseList(Ledger, Time);
        base.OnInitialized();
    }

    protected override async Task OnParametersSetAsync()
    {
        var ranged = (RangeName ?? From ?? To) is not null;
        _chosen = new ResponseSelection
        {
            Event = ResponseSelection.ReadText(Event),
            Reaction = ResponseSelection.ReadReaction(ReactionName),
            Company = ResponseSelection.ReadText(Company),
            Page = ResponseSelection.ReadText(Page),
            Text = ResponseSelection.ReadText(Text),
            CommentsOnly = bool.TryParse(Comments, out var only) && only,
            Range = ranged ? DayRange.Read(RangeName, From, To, Clock.Now, Clock.Zone) : null,
        };
        if (_chosen != _shown)
        {
            _shown = _chosen;
            await Read();
        }
    }

    protected override object? Shows => (_list.Items, _list.Waiting, _list.Count, _list.Loaded, _failed, Feed.Workspace.Version, Tens);

    protected override async Task OnFeed()
    {
        if (!_list.Loaded)
        {
            await (_reading ? Task.CompletedTask : Read());
        }
        else if (_readAtAnswers != Feed.Answers)
        {
            var (list, answers) = (_list, Feed.Answers);
            await list.Refresh(_left.Token);
            if (list != _list)
            {
                return;
            }

            _readAtAnswers = answers;
            if (!_list.Waiting.IsEmpty && _atTop)
            {
                TakeInWaiting();
            }
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await AskBrowser(() => Script.FollowTop(_self = DotNetObjectReference.Create(this)));
        }
    }

    protected override void Dispose(bool disposing)
    {
        _left.Cancel();
        _self?.Dispose();
        base.Dispose(disposing);
    }

    private async Task Read()
    {
        var (chosen, list, read, answers) = (_chosen, new ResponseList(Ledger, Time), ++_reads, Feed.Answers);
        _failed = false;
        await Try(async () =>
        {
            await list.Show(chosen.In(Feed.Workspace.Workspace, Clock.Now), _left.Token);
            if (read == _reads)
            {
                // What was shown stays until there is something to put in its place.
                (_list, _readAtAnswers) = (list, answers);
                if (answers != Feed.Answers)
                {
                    // Of what came while this was searched there may be no other word.
                    Feed.Drawing.Tell();
                }

                _fresh.Clear();
                Remember();
                StateHasChanged();
                await list.CountMatches(_left.Token);
            }
        });
    }

    private Task ReadOlder() => Try(async () =>
    {
        await _list.ReadOlder(_left.Token);
        Remember();
    });

    private async Task TakeIn()
    {
        TakeInWaiting();
        await AskBrowser(Script.ToTop);
        await Try(() => _list.CountMatches(_left.Token));
    }

    private void TakeInWaiting()
    {
        _fresh.Clear();
        _fresh.UnionWith(_list.Waiting.Select(static r => r.PromptId));
        _list.TakeIn();
        Remember();
    }

    /// <summary>Companies to choose from: those of the answers that were shown.</summary>
    private void Remember()
    {
        foreach (var company in _list.Items.SelectMany(static r => r.Person.Companies))
        {
            if (_companies.Count == MostCompanies)
            {
                return;
            }

            _companies.Add(company.Name ?? company.Id);
        }
    }

    /// <summary>The page is as good without what its script adds.</summary>
    private async Task AskBrowser(Func<Task> what)
    {
        try
        {
            await what();
        }
        catch (Exception reason) when (reason is JSException or JSDisconnectedException or OperationCanceledException or ObjectDisposedException)
        {
            ResponsesLog.NotFollowed(Log, reason);
        }
    }

    /// <summary>A read that fails leaves what is shown, and can be tried again.</summary>
    private async Task Try(Func<Task> read)
    {
        _reading = true;
        try
        {
            await read();
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The page was left.
        }
        catch (Exception reason)
        {
            _failed = true;
            ResponsesLog.NotRead(Log, reason);
        }
        finally
        {
            _reading = false;
        }
    }
}
