using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using TakeItDown.Matching;
using static UploadApi.Pages;

namespace UploadApi.Staff;

/// <summary>The page for staff: the lists, and what was held for a reviewer.</summary>
internal static class StaffPage
{
    /// <summary>A reviewer does not wait longer for a registry that does not answer.</summary>
    private static readonly TimeSpan ReasonsLimit = TimeSpan.FromSeconds(5);

    public static void MapStaffPage(this WebApplication app) =>
        app.MapGet("/staff", async (HttpContext context, IAntiforgery antiforgery, StaffPasswords passwords, IListManager lists, HeldUploads held, IListFeedback feedback) =>
        {
            if (context.User.Identity?.IsAuthenticated != true) return Show("Staff", SignIn(context, antiforgery, passwords, problem: null));
            var token = Token(context, antiforgery);
            var body = new StringBuilder();
            WriteLists(body, lists.Lists, token);
            await WriteHeldAsync(body, held.Matches, feedback, token, context.RequestAborted);
            body.Append($"""<form action="/staff/sign-out" method="post">{token}<button>Sign out</button></form>""");
            return Show("Staff", body.ToString());
        });

    public static string SignIn(HttpContext context, IAntiforgery antiforgery, StaffPasswords passwords, string? problem) =>
        !passwords.IsSet ? "<p role=\"alert\">Nobody can sign in: no password is set. Set Staff:PasswordHash to what the command hash-password prints.</p>" :
        $"""
        {(problem is null ? "" : $"<p role=\"alert\">{Text(problem)}</p>")}
        <form action="/staff/sign-in" method="post">
          {Token(context, antiforgery)}
          <label>Name <input name="name" autocomplete="username" required></label>
          <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
          <button>Sign in</button>
        </form>
        """;

    private static void WriteLists(StringBuilder body, IReadOnlyList<ListStatus> lists, string token)
    {
        body.Append("<h2>Lists</h2><table><tr><th>List<th>State<th>Entries<th>Last error</tr>");
        foreach (var list in lists) body.Append($"<tr><td>{Text(list.Name)}<td>{list.Freshness}<td>{list.Entries}<td>{Text(list.LastError)}</tr>");
        body.Append($"""</table><form action="/lists/refresh" method="post">{token}<button>Refresh now</button></form>""");
    }

    private static async Task WriteHeldAsync(
        StringBuilder body, IReadOnlyDictionary<Guid, IReadOnlyList<Match>> held, IListFeedback feedback, string token, CancellationToken cancelled)
    {
        body.Append("<h2>Held for review</h2>");
        if (held.Count == 0) body.Append("<p>Nothing.</p>");
        else body.Append("<table><tr><th>Found by<th>Your word</tr>");
        foreach (var (id, matches) in held)
        {
            var found = string.Join(", ", matches.Select(match => $"{match.List}: {match.Kind.ToName()}, distance {match.Distance}"));
            body.Append($"""<tr><td>{Text(found)}<td><form action="/review/{id}/affirm" method="post">{token}<button>It is right</button></form>""");
            if (await ReasonsAsync(matches, feedback, cancelled) is { Count: > 0 } reasons)
            {
                body.Append($"""<form action="/review/{id}/dispute/form" method="post">{token}<select name="reason" aria-label="Why it is wrong">""");
                foreach (var reason in reasons) body.Append($"""<option value="{Text(reason.Id)}">{Text(reason.Name)}</option>""");
                body.Append("</select> <button>It is wrong</button></form>");
            }
            body.Append("</tr>");
        }
        if (held.Count > 0) body.Append("</table>");
    }

    /// <summary>The reasons that hold for every match on which the registry takes feedback; none while it cannot be asked.</summary>
    private static async Task<IReadOnlyList<FeedbackReason>> ReasonsAsync(IReadOnlyList<Match> matches, IListFeedback feedback, CancellationToken cancelled)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        limit.CancelAfter(ReasonsLimit);
        try
        {
            return await DisputeReasons.OfAsync(matches, feedback, limit.Token);
        }
        catch (Exception e) when (e is ListSourceException || (e is OperationCanceledException && !cancelled.IsCancellationRequested))
        {
            return [];
        }
    }

    private static string Token(HttpContext context, IAntiforgery antiforgery)
    {
        var tokens = antiforgery.GetAndStoreTokens(context);
        return $"""<input type="hidden" name="{Text(tokens.FormFieldName)}" value="{Text(tokens.RequestToken)}">""";
    }
}
