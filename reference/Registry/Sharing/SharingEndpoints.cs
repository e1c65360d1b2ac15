using System.Net.Http.Headers;
using Registry.Model;
using Registry.Storage;

namespace Registry.Sharing;

/// <summary>The members' side: NCMEC Hash Sharing, version 2.</summary>
internal static class SharingEndpoints
{
    public static void MapSharing(this WebApplication app, string root)
    {
        var v2 = app.MapGroup(root + "/v2");
        v2.MapGet("/status", Status);
        v2.MapGet("/members", Members);
        v2.MapGet("/entries", Entries);
        v2.MapGet("/feedback/{key}/reasons", Reasons);
        // An id may hold slashes, so the route leaves it open where it ends, see FeedbackPath.
        var before = root.Count('/') + 3;
        v2.MapPut("/entries/{member:long}/{**entry}", (Member reader, long member, HttpRequest request, FeedbackStore store, CancellationToken cancellationToken) =>
            PutFeedback(reader, member, FeedbackPath.Read(request, before), request, store, cancellationToken));
        v2.MapGet("/categorizations", Categorizations);
    }

    private static XmlAnswer Status(Member reader, MemberDirectory members, HttpContext context) => new(xml =>
    {
        xml.WriteStartElement("status", XmlAnswer.Namespace);
        xml.WriteElementString("ipAddress", context.Connection.RemoteIpAddress?.ToString());
        xml.WriteElementString("username", reader.User);
        QueryResultWriter.WriteMember(xml, reader.Id, members.Names[reader.Id]);
        xml.WriteEndElement();
    });

    private static XmlAnswer Members(Member reader, MemberDirectory members) => new(xml =>
    {
        xml.WriteStartElement("members", XmlAnswer.Namespace);
        foreach (var (id, name) in members.Names)
        {
            if (reader.CanSee(id) || id == reader.Id) QueryResultWriter.WriteMember(xml, id, name);
        }
        xml.WriteEndElement();
    });

    private static IResult Entries(Member reader, HttpRequest request, RegistryStore store, PageLinks links, MemberDirectory members)
    {
        if (links.Read(reader, request.Query, out var refusal) is not { } asked) return Refuse(refusal);
        var page = store.ReadPage(reader, asked);
        var next = page.Next is { } place ? links.Next(reader, asked.Window, place) : null;
        return new XmlAnswer(xml => new QueryResultWriter(xml, members.Names).Write(page.Entries, next));
    }

    private static IResult Reasons(string key)
    {
        if (FingerprintKey.Find(key) is not { } fingerprint) return Results.NotFound();
        return new XmlAnswer(xml =>
        {
            xml.WriteStartElement("availableFeedbackReasons", XmlAnswer.Namespace);
            foreach (var reason in FeedbackReason.All) QueryResultWriter.WriteReason(xml, reason, fingerprint.Type);
            xml.WriteEndElement();
        });
    }

    private static async Task<IResult> PutFeedback(
        Member reader, long member, FeedbackPath? path, HttpRequest request, FeedbackStore store, CancellationToken cancellationToken)
    {
        if (path is not { Id: var id, Key: var key }) return Results.NotFound();
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.MediaType != "application/xml")
            return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        if (await FeedbackBody.ReadAsync(request.Body, cancellationToken) is not { } reasons) return Refuse("this is not a feedbackSubmission");
        if (FingerprintKey.Find(key) is not { } fingerprint || !reader.CanSee(member) || !store.Put(reader, member, id, fingerprint, reasons))
            return Results.NotFound();
        return new XmlAnswer(xml =>
        {
            xml.WriteStartElement("submissionResult", XmlAnswer.Namespace);
            xml.WriteEndElement();
        });
    }

    private static XmlAnswer Categorizations() => new(xml =>
    {
        xml.WriteStartElement("availableCategorizations", XmlAnswer.Namespace);
        foreach (var group in CategorizationGroup.All)
        {
            xml.WriteStartElement("group");
            xml.WriteAttributeString("name", group.Name);
            xml.WriteAttributeString("allowMultiple", group.AllowMultiple ? "true" : "false");
            foreach (var (guid, name) in group.Categorizations)
            {
                xml.WriteStartElement("categorization");
                xml.WriteAttributeString("guid", guid);
                xml.WriteAttributeString("name", name);
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    });

    private static IResult Refuse(string why) => Results.Text(why, statusCode: StatusCodes.Status400BadRequest);
}
