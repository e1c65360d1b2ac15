using System.Text;
using System.Xml;
using System.Xml.Linq;
using Registry.Sharing;

namespace Registry.Faults;

/// <summary>Holds back a right answer, so that a fault can send something else of it.</summary>
internal static class CapturedAnswer
{
    public static XNamespace Namespace => XmlAnswer.Namespace;

    /// <summary>Lets the request be answered, but keeps the body.</summary>
    public static async Task<byte[]> CaptureAsync(HttpContext context, RequestDelegate serve)
    {
        var body = context.Response.Body;
        using var kept = new MemoryStream();
        context.Response.Body = kept;
        try
        {
            await serve(context);
        }
        finally
        {
            context.Response.Body = body;
        }
        return kept.ToArray();
    }

    public static async Task SendAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>Sends the answer's document after a change to it; an answer that is no document goes out as it is.</summary>
    public static async Task RewriteAsync(HttpContext context, RequestDelegate serve, Action<XElement> change)
    {
        var body = await CaptureAsync(context, serve);
        if (context.Response.StatusCode == StatusCodes.Status200OK)
        {
            var root = Parse(body);
            change(root);
            body = Print(root);
        }
        await SendAsync(context, body);
    }

    public static XElement Parse(byte[] body) => XElement.Load(new MemoryStream(body));

    public static byte[] Print(XElement root)
    {
        using var printed = new MemoryStream();
        using (var writer = XmlWriter.Create(printed, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) }))
            root.Save(writer);
        return printed.ToArray();
    }

    public static XElement? Next(this XElement root) => root.Element(Namespace + "paging")?.Element(Namespace + "next");

    public static void SetNext(this XElement root, string? next)
    {
        root.Element(Namespace + "paging")?.Remove();
        if (next is not null) root.Add(new XElement(Namespace + "paging", new XElement(Namespace + "next", next)));
    }
}
