package io.martlet.samples.fetch.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * The report of a run: hears of each request, and writes the page in the end. It keeps 21 bytes of each request and some 100
 * more of each that is in the table, see {@link TableData#MAX_ROWS}. Used by one thread.
 */
public final class RunReport {
    private final Requests requests = new Requests();
    private final StageTimes stages = new StageTimes();
    private final ErrorGroups errors = new ErrorGroups();
    private final Chosen chosen = new Chosen();
    private final TableData table = new TableData();

    /** Takes what became of one URL. */
    public void add(RequestRow row) throws IOException {
        requests.add(row);
        stages.add(row);
        errors.add(row);
        chosen.add(row);
        table.add(row);
    }

    /** Writes the page. Called once; nothing can be added any more. */
    public void write(OutputStream out, Ending ending) throws IOException {
        List<HostFigures> hosts = HostFigures.slowestFirst(requests);
        Markup content = new Markup();
        SummaryView.write(content, requests, hosts, stages, ending);
        content.open("main");
        HostsView.write(content, hosts);
        HistogramView.write(content, requests);
        TimeView.write(content, requests);
        StagesView.write(content, stages);
        WaterfallView.write(content, chosen, requests.count());
        ErrorsView.write(content, errors);
        RequestsView.write(content, table);
        content.close();
        new Page(SummaryView.title(requests), content).write(out, table);
    }
}
