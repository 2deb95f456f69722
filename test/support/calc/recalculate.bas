' Opens a workbook, types one prompt after another into a cell, recalculates, and writes sheets as CSV files.
' The job is a file of lines whose path is in GPT2_JOB: the workbook, the folder for results, the cell, the sheets (numbers
' from 1, with commas); then a line for each prompt: its UTF-16 units, with commas. The first is calculated with every other
' formula there is, the others as after typing. If the cell is a range, the prompt is token ids with spaces.
Sub Main
  On Error Goto Failed
  Dim job As Integer, row As String, file As String, out As String, target As String, sheets, i As Integer, n As Integer
  job = FreeFile
  Open Environ("GPT2_JOB") For Input As #job
  Line Input #job, file
  Line Input #job, out
  Line Input #job, target
  Line Input #job, row
  sheets = Split(row, ",")
  Dim saving(1) As New com.sun.star.beans.PropertyValue
  Dim opening(0) As New com.sun.star.beans.PropertyValue
  opening(0).Name = "Hidden" : opening(0).Value = True
  Dim doc As Object
  Dim t0 As Long
  t0 = GetSystemTicks()
  doc = StarDesktop.loadComponentFromURL(ConvertToURL(file), "_blank", 0, opening())
  Tell(out, "loaded " & (GetSystemTicks() - t0))
  n = 0
  Do While Not Eof(job)
    Line Input #job, row
    Dim units, text As String
    text = ""
    If row <> "" Then
      units = Split(row, ",")
      For i = 0 To UBound(units)
        text = text & Chr(CLng(units(i)))
      Next
    End If
    t0 = GetSystemTicks()
    doc.lockControllers()
    Dim cells : cells = Split(target, ":")
    If UBound(cells) = 0 Then
      doc.Sheets.getByIndex(0).getCellRangeByName(target).setString(text)
    Else
      Dim range As Object, places, c As Integer
      range = doc.Sheets.getByIndex(0).getCellRangeByName(target)
      places = Split(text, " ")
      For c = 0 To range.Columns.Count - 1
        If c > UBound(places) Then
          range.getCellByPosition(c, 0).setString("")
        Else
          range.getCellByPosition(c, 0).setFormula(places(c))
        End If
      Next
    End If
    Dim changed As Long : changed = GetSystemTicks() - t0
    t0 = GetSystemTicks()
    If n = 0 Then
      doc.calculateAll()
    Else
      doc.calculate()
    End If
    Tell(out, "calculated " & (changed + GetSystemTicks() - t0))
    doc.unlockControllers()
    For i = 0 To UBound(sheets)
      saving(0).Name = "FilterName" : saving(0).Value = "Text - txt - csv (StarCalc)"
      saving(1).Name = "FilterOptions" : saving(1).Value = "44,34,76,1,,0,false,false,false,false,false," & sheets(i)
      doc.storeToURL(ConvertToURL(out & "/" & n & ".csv"), saving())
    Next
    n = n + 1
  Loop
  Close #job
  doc.close(True)
  Tell(out, "done")
  StarDesktop.terminate()
  Exit Sub
Failed:
  Tell(out, "failed " & Error$ & " in line " & Erl)
  StarDesktop.terminate()
End Sub

Sub Tell(out As String, text As String)
  Dim report As Integer
  report = FreeFile
  Open out & "/report.txt" For Append As #report
  Print #report, text
  Close #report
End Sub
